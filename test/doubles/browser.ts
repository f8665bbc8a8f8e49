/** Debian's Chromium without a window, for tests that look at a page as a reader does. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, launch, type Page } from 'puppeteer-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where a Chromium lies, or undefined where the machine has none; CHROMIUM names another. */
export function findChromium(): string | undefined {
  const { CHROMIUM } = process.env;
  return [...(CHROMIUM ? [CHROMIUM] : []), ...PLACES].find((path) => existsSync(path));
}

export interface OpenBrowser {
  browser: Browser;
  close(): Promise<void>;
}

/** A browser with a profile of its own; `close` ends it and removes the profile. */
export async function openBrowser(executablePath: string): Promise<OpenBrowser> {
  const userDataDir = await mkdtemp(join(tmpdir(), 'rosterferry-browser-'));
  // A container has little shared memory. As root, as there, Chromium starts only without its sandbox.
  const args = [
    '--disable-gpu',
    '--no-first-run',
    '--disable-dev-shm-usage',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  const browser = await launch({ executablePath, userDataDir, args });
  return {
    browser,
    async close() {
      await browser.close();
      await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** What a page asked for and said since it was watched. */
export interface Watched {
  requests: string[];
  /** Lines of the console, and errors that nobody caught. */
  complaints: string[];
}

export function watchPage(page: Page): Watched {
  const watched: Watched = { requests: [], complaints: [] };
  page.on('request', (request) => watched.requests.push(request.url()));
  page.on('console', (line) => watched.complaints.push(line.text()));
  page.on('pageerror', (error) => watched.complaints.push(String(error)));
  return watched;
}

/** Pages of a PDF as Chromium writes them. */
export function countPages(pdf: Uint8Array): number {
  return (
    Buffer.from(pdf)
      .toString('latin1')
      .match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0
  );
}
