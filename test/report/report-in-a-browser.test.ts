import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { Page } from 'puppeteer-core';
import type { Project } from '../builders/project.ts';
import { countPages, findChromium, type OpenBrowser, openBrowser, watchPage } from '../doubles/browser.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';
import { brokenNight, demoNight, HOSTILE, HOSTILE_FILE, heldNight } from './nights.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const MOST_PAGES = 6;
const MOST_BYTES = 2_000_000;
const PHONE = { width: 375, height: 700 };
const DESK = { width: 1200, height: 900 };

/** What axe-core finds, a line each. It needs a script, which the page itself never allows. */
async function findBarriers(page: Page): Promise<string[]> {
  await page.setBypassCSP(true);
  await page.reload();
  await page.evaluate(await readFile(AXE, 'utf8'));
  const found = await page.evaluate(
    "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 120))))",
  );
  await page.setBypassCSP(false);
  return found as string[];
}

const CHROMIUM = findChromium();
const REASON = CHROMIUM === undefined ? ' (skipped: there is no chromium on this machine)' : '';

describe(`report.html in a browser${REASON}`, function () {
  this.timeout(60_000);
  const newTempFolder = useTempFolders();
  const projects: Project[] = [];
  let open: OpenBrowser | undefined;

  before(async function () {
    if (CHROMIUM === undefined) return this.skip();
    open = await openBrowser(CHROMIUM);
  });
  after(async () => {
    await open?.close();
    for (const project of projects) await project.remove();
  });

  async function look(folder: string, check: (page: Page, text: string) => Promise<void>): Promise<void> {
    if (!open) throw new Error('no browser is open');
    const path = join(folder, 'report.html');
    expect((await stat(path)).size).to.be.lessThan(MOST_BYTES);
    const page = await open.browser.newPage();
    try {
      const { requests, complaints } = watchPage(page);
      await page.setViewport(DESK);
      const url = pathToFileURL(path).href;
      await page.goto(url);
      await check(page, String(await page.evaluate('document.body.innerText')));
      expect(await page.evaluate('document.scripts.length')).to.equal(0);
      expect(countPages(await page.pdf({ format: 'A4' })), 'pages of paper').to.be.within(1, MOST_PAGES);
      await page.setViewport(PHONE);
      expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(PHONE.width);
      expect(await findBarriers(page)).to.deep.equal([]);
      expect(new Set(requests)).to.deep.equal(new Set([url]));
      expect(complaints).to.deep.equal([]);
    } finally {
      await page.close();
    }
  }

  /** A script, a picture and a style that get onto the page later: what of them is refused. */
  async function tryHarm(path: string): Promise<unknown> {
    if (!open) throw new Error('no browser is open');
    const page = await open.browser.newPage();
    await page.goto(pathToFileURL(path).href);
    const refused = await page.evaluate(`new Promise((resolve) => {
      const refused = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        refused.push(effectiveDirective);
        if (refused.length === 3) resolve(refused.sort());
      });
      const script = document.createElement('script');
      script.textContent = 'document.title = "taken"';
      const picture = document.createElement('img');
      picture.src = 'http://127.0.0.1:9/x';
      const style = document.createElement('style');
      style.textContent = 'body { display: none }';
      document.body.append(script, picture, style);
    })`);
    expect(await page.title()).not.to.equal('taken');
    await page.close();
    return refused;
  }

  it('shows a demo night', async () => {
    await look(await demoNight(await newTempFolder()), async (page, text) => {
      expect(text).to.match(/Did it go out\?\s+Delivered: [\d,]+ rows in 2 files\./);
      expect(text).to.include('What to mend, in this order').and.include('Before and after');
      expect(await page.evaluate('document.querySelectorAll("svg.flow.wide").length')).to.equal(2);
      // The other nights are looked at by day.
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
    });
  });

  it('shows a held night: what to type, hostile names as text, and nothing that gets in later', async () => {
    const { project, folder, run } = await heldNight();
    projects.push(project);
    await look(folder, async (page, text) => {
      expect(text).to.match(/Held: nothing was delivered yet/);
      expect(text).to.match(/rosterferry approve \S+-north-\S+/);
      expect(text).to.include(HOSTILE[0]).and.include(HOSTILE[1]);
      expect(text).to.include('abc[U+202E]txt.exe').and.include('[U+001B][31mred[U+001B][2J');
      expect(text).to.include(HOSTILE_FILE);
      expect(await page.title()).to.match(/^Held/);
    });
    expect(await tryHarm(join(folder, 'report.html'))).to.deep.equal([
      'img-src',
      'script-src-elem',
      'style-src-elem',
    ]);
    const words = { by: HOSTILE[1], reason: HOSTILE.join(' ') };
    const released = await project.decide(run, { decision: 'approve', ...words });
    await look(released.folder, async (_page, text) => {
      expect(text).to.include(words.by).and.include(HOSTILE[0]).and.include('abc[U+202E]txt.exe');
    });
  });

  it('shows a night with 10,000 exceptions', async () => {
    const { project, folder } = await brokenNight();
    projects.push(project);
    await look(folder, async (_page, text) => {
      expect(text).to.match(/10,\d{3} rows of this run are not carried/);
      expect(text).to.include(HOSTILE[0]).and.include('... (5,000 characters)');
    });
  });
});
