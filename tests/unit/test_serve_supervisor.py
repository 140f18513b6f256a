from serve.supervisor import Losses


def test_the_pause_doubles_and_the_eighth_loss_in_a_minute_ends_it() -> None:
    losses = Losses()
    pauses = [losses.pause_after(float(second)) for second in range(8)]
    assert pauses == [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, None]


def test_losses_far_apart_are_accidents() -> None:
    losses = Losses()
    assert [losses.pause_after(61.0 * one) for one in range(20)] == [0.1] * 20
