import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { printFile, printJson, printLine, printNote, printWarning } from '../../src/cli/print.ts';
import { errorLine, printError } from '../../src/cli/print-error.ts';
import { AppError, AppErrors } from '../../src/errors/app-error.ts';

const ESCAPE = '\u001b';

/** A stream that is no terminal, and what was written to it. */
function capture() {
  const stream = Object.assign(new PassThrough(), { isTTY: false });
  return { stream, text: () => String(stream.read() ?? '') };
}

function outputs(more: { json?: boolean; verbose?: boolean } = {}) {
  const [stdout, stderr] = [capture(), capture()];
  const output = {
    stdout: stdout.stream,
    stderr: stderr.stream,
    quiet: false,
    json: false,
    verbose: false,
    ...more,
  };
  return { output, stdout: stdout.text, stderr: stderr.text };
}

describe('cli/print-error', () => {
  const place = { file: 'a.yaml', line: 3, column: 7 };

  it('prints each mistake on its line, and answers the code of the first', () => {
    const { output, stdout, stderr } = outputs();
    const first = new AppError('login_refused', 'The host refuses the login', { hint: 'Ask.' });
    const second = new AppError('config_invalid', 'x is 5.', { place, hint: 'Mend it' });
    expect(printError(output, new AppErrors([first, second]))).to.equal(6);
    expect(stderr()).to.equal(
      'error[login_refused]: The host refuses the login. Ask.\nerror[config_invalid]: a.yaml:3:7: x is 5. Mend it.\n',
    );
    expect(stdout()).to.equal('');
  });

  it('takes what is not ours for a defect, its stack shown when asked', () => {
    const { output, stderr } = outputs({ verbose: true });
    expect(printError(output, new TypeError('x is no function'))).to.equal(1);
    expect(stderr()).to.match(/^error\[defect\]: TypeError\. [\s\S]*caused by TypeError[\s\S]* at /);
    // A message of somebody else may quote a row.
    expect(stderr()).not.to.include('x is no function');
  });

  it('writes out what would drive the screen, in errors, notes and results, and keeps a document whole', () => {
    const hostile = 'a\u001b]8;;http://x\u0007b\u009b2J\u202ec\n\u007fd\u0000\u{e0041}';
    const { output, stdout, stderr } = outputs({ verbose: true });
    printError(output, new AppError('config_invalid', hostile, { place: { file: hostile }, hint: hostile }));
    printWarning(output, 'x', hostile);
    printNote(output, hostile);
    printLine(output, hostile);
    const seen = 'a[U+001B]]8;;http://x[U+0007]b[U+009B]2J[U+202E]c[U+000A][U+007F]d[U+0000][U+E0041]';
    expect(stdout()).to.equal(`${seen}\n`);
    const said = stderr().split('\n');
    expect(said[0]).to.equal(`error[config_invalid]: ${seen}: ${seen}. ${seen}.`);
    expect(said.slice(-3)).to.deep.equal([`warning[x]: ${seen}`, seen, '']);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(said.join('')).not.to.match(/[\x00-\x1f\x7f-\x9f\u202e]/);

    const document = outputs({ json: true });
    printJson(document.output, { [hostile]: hostile });
    const text = document.stdout();
    expect(text).to.match(/^[\n\x20-\x7e]*$/);
    expect(JSON.parse(text)).to.deep.equal({ [hostile]: hostile });
  });

  it('keeps the colours that are its own, and no other', () => {
    const { output, stdout } = outputs({});
    const painted = `${ESCAPE}[1m${ESCAPE}[32mok${ESCAPE}[39m${ESCAPE}[22m`;
    const coloured = Object.assign(output.stdout, {
      isTTY: true,
      getColorDepth: () => 8,
      hasColors: () => true,
    });
    printLine({ ...output, stdout: coloured }, `${painted}${ESCAPE}[8mhidden`);
    expect(stdout()).to.equal(`${painted}[U+001B][8mhidden\n`);
  });

  it('gives a file to a pipe as it is, and shows it on a terminal', () => {
    const { output, stdout } = outputs();
    printFile(output, `a${ESCAPE}\r\n`);
    expect(stdout()).to.equal(`a${ESCAPE}\r\n`);
    output.stdout.isTTY = true;
    printFile(output, `a${ESCAPE},\tb\r\n`);
    expect(stdout()).to.equal('a[U+001B],\tb\r\n');
  });

  it('prints one document with --json', () => {
    const { output, stdout } = outputs({ json: true });
    printError(output, new AppError('config_invalid', 'x', { place, hint: 'y' }));
    const error = { code: 'config_invalid', message: 'x', hint: 'y', place };
    expect(JSON.parse(stdout())).to.deep.equal({ error, errors: [error] });
  });

  it('uses the hint of the catalogue where none is given', () => {
    const { stream } = capture();
    expect(errorLine(new AppError('unknown_run', 'No run x'), stream)).to.equal(
      'error[unknown_run]: No run x. rosterferry runs lists the runs.',
    );
  });
});
