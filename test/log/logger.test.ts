import { expect } from 'chai';
import { openLogger } from '../../src/log/logger.ts';

describe('openLogger', () => {
  function linesOf(
    write: (logger: ReturnType<typeof openLogger>) => void,
    level: 'debug' | 'info' | 'silent' = 'info',
  ) {
    const lines: string[] = [];
    write(openLogger(level, { write: (line) => lines.push(line) }));
    return lines.map((line) => JSON.parse(line));
  }

  it('writes one line of JSON an event, with level, time and fields', () => {
    const [line] = linesOf((logger) => logger.info({ run: 'r1', totals: { students: 3 } }, 'run delivered'));
    expect(line).to.include({ level: 'info', run: 'r1', msg: 'run delivered' });
    expect(line.totals).to.deep.equal({ students: 3 });
    expect(line.time).to.match(/^\d{4}-\d\d-\d\dT/);
    expect(line).not.to.have.any.keys('pid', 'hostname');
  });

  it('never shows what is called a secret or a value, also one level down', () => {
    const secret = {
      password: 'CANARY',
      privateKey: 'CANARY',
      passphrase: 'CANARY',
      value: 'CANARY',
      values: ['CANARY'],
      row: 'CANARY',
    };
    const lines = linesOf((logger) => {
      logger.info({ ...secret, access: secret }, 'event');
      logger.child({ password: 'CANARY' }).info({}, 'event');
    });
    expect(JSON.stringify(lines)).not.to.include('CANARY');
    expect(lines).to.have.length(2);
  });

  it('writes what a screen would obey or hide as escapes of JSON', () => {
    const hostile = 'a\u001b[2J\u009b2J\u202e\u2028\n\u007f\u{e0041}é\u200d';
    const lines: string[] = [];
    openLogger('info', { write: (line) => lines.push(line) }).info({ [hostile]: hostile }, hostile);
    expect(lines.join('')).to.match(/^[\x20-\x7eé]*\n$/);
    expect(JSON.parse(lines.join(''))).to.include({ [hostile]: hostile, msg: hostile });
  });

  it('keeps to its level', () => {
    expect(linesOf((logger) => logger.debug({}, 'x'))).to.deep.equal([]);
    expect(linesOf((logger) => logger.error({}, 'x'), 'silent')).to.deep.equal([]);
  });
});
