import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { findBreaches } from './house/find-breaches.ts';
import { functionsOf, importsOf, readHouse, type SourceFile } from './house/source-file.ts';

const SRC = join(import.meta.dirname, '../src');

describe('the house', () => {
  it('keeps its rules', async () => {
    const files = await readHouse(SRC);
    expect(files.length).to.be.greaterThan(50);
    expect(findBreaches(files)).to.deep.equal([]);
  });

  it('has every room on its map', async () => {
    const map = await readFile(join(SRC, 'README.md'), 'utf8');
    const rooms = (await readdir(SRC, { withFileTypes: true })).filter((entry) => entry.isDirectory());
    const unlisted = rooms.map((room) => room.name).filter((name) => !map.includes(`| \`${name}\` |`));
    expect(unlisted).to.deep.equal([]);
  });
});

/** A room with a card, so that a sample has only the breach that it is made for. */
function sample(path: string, code: string): SourceFile {
  const card = '/**\n * Sample.\n *\n * in: a\n * out: b\n * promises: c\n * never: d\n */\n';
  return { path, text: `${card}${code}\n` };
}

const LONG = Array.from({ length: 61 }, (_, at) => `  step(${at});`).join('\n');

const SPOILED: readonly [what: string, file: SourceFile, breach: RegExp][] = [
  [
    'a station that imports another',
    sample('deliver/a.ts', "import { b } from '../parse/b.ts';"),
    /deliver may not import parse/,
  ],
  [
    'a type of another station',
    sample('report/a.ts', "import type { B } from '../archive/b.ts';"),
    /report may not import archive/,
  ],
  [
    'an import over several lines',
    sample('render/a.ts', "import {\n  b,\n  c,\n} from '../mapping/b.ts';"),
    /render may not import mapping/,
  ],
  [
    'an import at run time',
    sample('daemon/a.ts', "const b = await import('../run/b.ts');"),
    /daemon may not import run/,
  ],
  ['a re-export', sample('time/a.ts', "export { b } from './b.ts';"), /exports what another file has/],
  [
    'a room above',
    sample('errors/a.ts', "import { b } from '../files/b.ts';"),
    /errors may not import files/,
  ],
  [
    'config beyond schema.ts',
    sample('config/a.ts', "import { b } from '../deliver/b.ts';"),
    /only schema.ts of deliver/,
  ],
  [
    'a package past its door',
    sample('mapping/a.ts', "import { DateTime } from 'luxon';"),
    /luxon is imported by time only/,
  ],
  [
    'a part of a package',
    sample('cli/a.ts', "import { html } from 'hono/html';"),
    /hono is imported by report/,
  ],
  ['a package without a door', sample('cli/a.ts', "import x from 'left-pad';"), /left-pad has no door/],
  ['zod outside a schema', sample('parse/a.ts', "import { z } from 'zod';"), /zod is for schema.ts/],
  [
    'the database',
    sample('run/a.ts', "import { DatabaseSync } from 'node:sqlite';"),
    /node:sqlite is imported by ledger/,
  ],
  [
    'a file in a pure room',
    sample('mapping/a.ts', "import { readFile } from 'node:fs/promises';"),
    /mapping is pure/,
  ],
  [
    'a file in the made-up district',
    sample('sample/a.ts', "import { join } from 'node:path';"),
    /of sample only/,
  ],
  ['a clock in a pure room', sample('compare/a.ts', 'const now = Date.now();'), /reads a clock/],
  [
    'the clock of time in a pure room',
    sample('eligibility/a.ts', "import { systemClock } from '../time/clock.ts';"),
    /imports the clock/,
  ],
  ['no ending', sample('cli/a.ts', "import { b } from './b';"), /does not end in .ts/],
  ['a way out of src', sample('cli/a.ts', "import { b } from '../../test/b.ts';"), /leaves src/],
  ['a default export', sample('files/a.ts', 'export default function a() {}'), /default export/],
  ['an empty name', sample('files/utils.ts', ''), /the name utils says nothing/],
  ['an empty folder name', sample('cli/helpers/a.ts', ''), /the name helpers says nothing/],
  ['capitals', sample('files/writeWhole.ts', ''), /not kebab-case/],
  ['a room that nobody knows', sample('cellar/a.ts', ''), /cellar is in no table/],
  ['a long file', sample('files/a.ts', 'a();\n'.repeat(200)), /lines, more than 200/],
  [
    'a long function',
    sample('files/a.ts', `export function a(): void {\n${LONG}\n}`),
    /the function at line 9 has 63 lines/,
  ],
  [
    'a long function in a function',
    sample('files/a.ts', `const a = {\n  b(c: string): void {\n  ${LONG.replaceAll('\n', '\n  ')}\n  },\n};`),
    /the function at line 10/,
  ],
  [
    'a room without a card',
    { path: 'files/a.ts', text: 'export const a = 1;\n' },
    /files: no file opens with the card/,
  ],
];

describe('the check of the house', () => {
  for (const [what, file, breach] of SPOILED) {
    it(`names ${what}`, () => {
      expect(findBreaches([file]).join('\n')).to.match(breach);
    });
  }

  it('names a ring', () => {
    const ring = [
      sample('files/a.ts', "import { b } from './b.ts';"),
      sample('files/b.ts', "import type { C } from './c.ts';"),
      sample('files/c.ts', "import { a } from './a.ts';"),
    ];
    expect(findBreaches(ring)).to.deep.equal([
      'a ring of imports: files/a.ts -> files/b.ts -> files/c.ts -> files/a.ts',
    ]);
  });

  it('has nothing to say about a file that keeps the rules', () => {
    const code = [
      "import { z } from 'zod';",
      "import { AppError } from '../errors/app-error.ts';",
      "// import { b } from '../parse/b.ts';",
      "/* import { c } from '../parse/c.ts'; */",
    ];
    expect(findBreaches([sample('deliver/schema.ts', code.join('\n'))])).to.deep.equal([]);
  });

  it('sees every way to import', () => {
    const code =
      "import './a.ts';\nimport type { B } from './b.ts';\nexport * from './c.ts';\nawait import('./d.ts');\n";
    expect(importsOf({ path: 'x.ts', text: code })).to.deep.equal(['./a.ts', './b.ts', './c.ts', './d.ts']);
  });

  it('measures functions whose arguments take several lines', () => {
    const code =
      'function a(\n  b: string,\n  { c }: { c: string },\n): void {\n  if (b) {\n    c();\n  }\n}\nconst d = async () => {\n  e();\n};\n';
    expect(functionsOf({ path: 'x.ts', text: code })).to.deep.equal([
      { line: 1, lines: 8 },
      { line: 9, lines: 3 },
    ]);
  });
});
