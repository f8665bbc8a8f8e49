import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { errorLine, printError } from '../../src/cli/print-error.ts';
import { AppError, AppErrors } from '../../src/errors/app-error.ts';

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
    expect(stderr()).to.match(/^error\[defect\]: x is no function\. [\s\S]*caused by TypeError[\s\S]* at /);
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
