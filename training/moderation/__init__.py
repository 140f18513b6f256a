"""What an archive or a thread holds, for a moderation team: counted, then told."""
