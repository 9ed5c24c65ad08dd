"""Waiting for a page as long as a busy machine needs, and no longer."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Frame, Page, expect

#: Milliseconds for what the page does at once: a machine that is busy with other things may take many times as long.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


def settled(page: Page) -> None:
    """Wait until the map moves no more, nothing is animated, and what was asked for is drawn."""
    page.evaluate(
        """() => new Promise((done) => {
            let still = 0, before = '';
            const look = () => {
                const view = `${map_main.getZoom()} ${map_main.getCenter()}`;
                const moves = view !== before || map_main._animatingZoom || document.getAnimations().some((a) => a.playState === 'running');
                before = view;
                still = moves ? 0 : still + 1;
                if (still > 3) done(); else requestAnimationFrame(look);
            };
            look();
        })"""
    )


def until(page: Page | Frame, condition: str) -> None:
    """Wait until something is true in the page; Playwright's own way needs `eval`, which the page forbids."""
    end = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(condition):
        if time.monotonic() > end:
            pytest.fail(f"never true: {condition}")
        page.wait_for_timeout(50)
