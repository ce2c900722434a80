"""A name for every run that a person can say, made of its id: the same id has the same name."""

from __future__ import annotations

import hashlib

ADJECTIVES = """
    Amber Azure Bold Brave Bright Calm Clever Cosy Crimson Daring Eager Early Fair Fluffy Gentle
    Golden Grand Green Happy Hidden Honest Indigo Jolly Keen Kind Lilac Little Lively Loyal Lucky
    Mellow Merry Mighty Misty Nimble Olive Orange Patient Plucky Polite Proud Purple Quick Quiet
    Red Royal Rusty Scarlet Shy Silent Silver Sleepy Snowy Speckled Spotted Sunny Swift Tiny Violet
    Warm White Wild Wise Zesty
"""
ANIMALS = """
    Badger Bat Bear Beaver Bee Bison Camel Cat Cheetah Cobra Crab Crane Deer Dolphin Dove Duck Eagle
    Falcon Ferret Finch Fox Frog Gecko Goose Hamster Hare Hawk Hedgehog Heron Horse Koala Lark
    Lemur Lion Lizard Llama Lynx Magpie Mole Moose Mouse Newt Otter Owl Panda Parrot Penguin Pony
    Puffin Rabbit Raven Robin Salmon Seal Sparrow Squirrel Stork Swan Tiger Toad Turtle Walrus
    Whale Wolf
"""


def spoken_name(run_id: str) -> str:
    """Two words, as in "Quiet Otter". With 4,096 pairs, two runs may share one now and then."""
    number = int.from_bytes(hashlib.sha256(run_id.encode()).digest()[:4])
    first, second = ADJECTIVES.split(), ANIMALS.split()
    return f"{first[number % len(first)]} {second[number // len(first) % len(second)]}"
