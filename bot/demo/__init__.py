"""The demonstration: the programme of the article that began all this, on made-up data."""

from bot.demo.sample import names, sample, script, start_of
from bot.demo.seed import seed

__all__ = ["names", "sample", "script", "seed", "start_of"]
