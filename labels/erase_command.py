"""The command ``gavel erase``."""

import click

from labels.store_command import opened_store
from labels.store_erasure import erase_author, erase_comment


@click.command()
@click.option(
    "--comment", "comments", metavar="ID", multiple=True, help="May be given again."
)
@click.option("--author", "authors", metavar="NAME", multiple=True, help="Likewise.")
def erase(comments: tuple[str, ...], authors: tuple[str, ...]) -> None:
    """Erase what people wrote, by comment or by author, for good.

    Words and author go from every row of the store; labels stay. The words of these
    comments are never stored again. Backups and exported files are yours to handle.
    """
    if not comments and not authors:
        raise click.UsageError("name a --comment or an --author")
    with opened_store() as store:
        for comment_id in comments:
            done = erase_comment(store, comment_id)
            _tell(f"comment {comment_id}", done.comments, done.judgements)
        for author in authors:
            done = erase_author(store, author)
            _tell(f"author {author}", done.comments, done.judgements)


def _tell(whose: str, comments: int, judgements: int) -> None:
    click.echo(
        f"{whose}: erased {comments:,} stored comments and the words of "
        f"{judgements:,} judgements"
    )
