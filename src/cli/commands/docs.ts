import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { diskError } from '../../files/disk-error.ts';
import { describeTransformations } from '../../mapping/transforms/describe.ts';
import { packagePath } from '../../package/package-path.ts';
import { renderReportDocs } from '../../report/docs-tables.ts';
import type { Act } from '../act.ts';
import { renderErrorCodesPage } from '../error-codes-page.ts';
import { renderPresetsPage } from '../presets-page.ts';
import { printLine } from '../print.ts';

/** Pages, and parts of pages, that are made from the program, so that they cannot say anything else than it does. */
const PAGES: Readonly<Record<string, (page: string) => string | Promise<string>>> = {
  'error-codes.md': () => renderErrorCodesPage(),
  'reports.md': renderReportDocs,
  'mappings.md': renderMappingDocs,
  'presets.md': renderPresetsPage,
};

/** For contributors only, so it is left out of the help. */
export function registerDocs(program: Command, act: Act): void {
  program.command('docs', { hidden: true }).action(
    act(async (context) => {
      for (const [name, render] of Object.entries(PAGES)) {
        const path = packagePath('docs', name);
        await writeFile(path, await render(await readPage(path)));
        printLine(context, `wrote docs/${name}`);
      }
      return 0;
    }),
  );
}

const TRANSFORMATIONS = /(<!-- generated: transformations -->\n).*?(<!-- \/generated -->)/s;

function renderMappingDocs(page: string): string {
  return page.replace(
    TRANSFORMATIONS,
    (_, open, close) => `${open}\n${describeTransformations()}\n\n${close}`,
  );
}

async function readPage(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw diskError(`Cannot read ${path}`, cause);
  }
}
