"""Membership algebra and fit."""
