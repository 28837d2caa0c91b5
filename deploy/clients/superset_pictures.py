"""What Superset draws, as pictures out of Debian's Chromium."""

import pathlib

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support import expected_conditions
from selenium.webdriver.support.ui import WebDriverWait

FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--disable-dev-shm-usage", "--hide-scrollbars", "--window-size=1280,760")


def take(superset, pages, folder):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in FLAGS:
        options.add_argument(flag)
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    wait = WebDriverWait(browser, 90)
    try:
        browser.get(superset + "/login/")
        wait.until(expected_conditions.presence_of_element_located((By.ID, "username"))).send_keys("admin")
        browser.find_element(By.ID, "password").send_keys("admin")
        browser.find_element(By.CSS_SELECTOR, "button[type=submit], input[type=submit]").click()
        wait.until(lambda _: "/login" not in browser.current_url)
        for name, page in pages.items():
            browser.get(superset + page)
            # A chart is drawn on a canvas; its animation has to end.
            wait.until(expected_conditions.presence_of_element_located((By.CSS_SELECTOR, "canvas")))
            wait.until(lambda _: still(browser))
            path = pathlib.Path(folder) / f"{name}.png"
            browser.save_screenshot(str(path))
            print(f"Superset, picture: {path}")
    finally:
        browser.quit()


def still(browser):
    """Whether two pictures, half a second apart, are the same."""
    import time

    before = browser.get_screenshot_as_png()
    time.sleep(0.5)
    return before == browser.get_screenshot_as_png()
