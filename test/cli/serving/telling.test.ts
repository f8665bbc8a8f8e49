/** Who is told what: from the outcome of a run to the mail that arrives. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { missingSecrets } from '../../../src/cli/serving/notify-secrets.ts';
import { loadConfig } from '../../../src/config/load-config.ts';
import { openSqliteLedger } from '../../../src/ledger/sqlite-ledger.ts';
import { CONNECTION, makeProject, type Project } from '../../builders/project.ts';
import { openSmtpServer } from '../../doubles/smtp-server.ts';
import { openWebhookServer } from '../../doubles/webhook-server.ts';
import { rosterferry } from '../rosterferry.ts';

const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade\n';
const GOOD = `${HEADER}1,Canary,Ann,5/1/2015,F,A,10,5\n`;
const NOTIFY = 'notify: { on: [held, failed, recovered], email: [kim@district.example], webhook: env:HOOK }';

describe('telling people', () => {
  let project: Project;
  let mail: Awaited<ReturnType<typeof openSmtpServer>>;
  let hook: Awaited<ReturnType<typeof openWebhookServer>>;
  beforeEach(async () => {
    [mail, hook] = [await openSmtpServer(), await openWebhookServer()];
    project = await makeProject({ connection: `${NOTIFY}\n${CONNECTION}` });
    const path = join(project.folder, 'rosterferry.yaml');
    const text = await readFile(path, 'utf8');
    await writeFile(
      path,
      `mail: { host: 127.0.0.1, port: ${mail.port}, from: ferry@service.example }\n${text}`,
    );
  });
  afterEach(async () => {
    await project.remove();
    await mail.close();
    await hook.close();
  });

  const run = (...args: string[]) =>
    rosterferry(['run', 'north', ...args], { cwd: project.folder, env: { HOOK: hook.url } });
  const subjects = () => mail.mails.map(({ text }) => /^Subject: (.*)$/m.exec(text)?.[1]);

  it('tells a failed run once by each channel, and when all is well again', async () => {
    await project.drop({ 'students.csv': 'Name\nCanary\n' });
    expect((await run()).exit).to.equal(3);
    expect((await run()).exit).to.equal(0);
    expect(subjects()).to.deep.equal(['Rosterferry: north: a run failed']);
    await project.drop({ 'students.csv': GOOD });
    expect(await run()).to.include({ exit: 0, stderr: '' });
    expect((await run()).exit).to.equal(0);
    expect(subjects()).to.deep.equal([
      'Rosterferry: north: a run failed',
      'Rosterferry: north: in order again',
    ]);
    const calls = hook.calls.map(({ body }) => JSON.parse(body));
    expect(calls.map(({ event, kind }) => event ?? kind)).to.deep.equal(['failed', 'recovered']);
    expect(calls[0].sentence).to.match(/^The run \S+-north-\S+ failed and nothing was delivered: .*"ID"/);
    const said = [...mail.mails.map(({ text }) => text), ...hook.calls.map(({ body }) => body)].join();
    expect(said).to.not.include('Canary');
  });

  it('warns of a mail that does not arrive, answers as ever, and tries again', async () => {
    mail.dials.refuses = '451 4.3.0 later';
    await project.drop({ 'students.csv': 'Name\nLee\n' });
    const { exit, stderr } = await run('--json');
    expect(exit).to.equal(3);
    expect(stderr).to.match(
      /warning\[notify_failed\]: The mail server 127\.0\.0\.1:\d+ did not take an e-mail: .*451/,
    );
    expect(stderr).not.to.include('"level"');
    expect(hook.calls).to.have.length(1);
    delete mail.dials.refuses;
    {
      await using ledger = await openSqliteLedger(join(project.folder, 'archive/ledger.sqlite'));
      const [waiting] = await ledger.service.claimDue(Date.now() + 3_600_000, 0);
      expect(waiting).to.deep.include({ channel: 'email', to: ['kim@district.example'], tries: 1 });
      await ledger.service.putOff(waiting?.id ?? '', Date.now() - 1);
    }
    expect((await run()).exit).to.equal(0);
    expect(subjects()).to.deep.equal(['Rosterferry: north: a run failed']);
    expect(hook.calls).to.have.length(1);
  });

  it('says at once which secrets are missing, and where they are named', async () => {
    const path = join(project.folder, 'rosterferry.yaml');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('from: ferry', 'username: a, password: file:none, from: ferry'));
    const missing = await missingSecrets(await loadConfig(path), {});
    expect(missing.map(({ code }) => code)).to.deep.equal(['secret_missing', 'secret_missing']);
    expect(missing[0]?.message).to.include('HOOK');
    expect(missing[0]?.place).to.include({ line: 6 });
    expect(await missingSecrets(await loadConfig(path), { HOOK: hook.url })).to.have.length(1);
  });

  it('is asked for by check, as is the key of the archive', async () => {
    const path = join(project.folder, 'rosterferry.yaml');
    const text = await readFile(path, 'utf8');
    await writeFile(path, `${text.trimEnd()}\narchive: { decrypt: { age: file:none.txt } }\n`);
    const { exit, stdout } = await rosterferry(['check', '--json'], { cwd: project.folder, env: {} });
    expect(exit).to.equal(2);
    const { errors } = JSON.parse(stdout);
    expect(errors.map(({ code, place }: { code: string; place: object }) => [code, place])).to.deep.equal([
      [
        'secret_missing',
        { file: 'rosterferry.yaml', line: text.trimEnd().split('\n').length + 1, column: 28 },
      ],
      ['secret_missing', { file: 'rosterferry.yaml', line: 6, column: 86 }],
    ]);
  });

  it('tells nobody that a path was mistyped', async () => {
    expect((await run('--file', 'students=none.csv')).exit).to.equal(3);
    expect((await run('--only', 'lists/none.txt')).exit).to.equal(2);
    expect(subjects()).to.deep.equal([]);
    expect(hook.calls).to.deep.equal([]);
  });

  it('tells what keeps a drop from being carried, and nobody of a dry run', async () => {
    await project.drop({ 'students.csv': 'Name\nLee\n' });
    await run('--dry-run');
    expect(subjects()).to.deep.equal([]);
    const path = join(project.folder, 'rosterferry.yaml');
    await writeFile(path, (await readFile(path, 'utf8')).replace('path: inbound', 'path: nowhere'));
    const { exit } = await run();
    expect(exit).to.be.oneOf([3, 6]);
    expect(mail.mails[0]?.text).to.include('No drop could be carried:').and.include('nowhere');
    await run();
    expect(mail.mails).to.have.length(1);
  });

  it('tells a held run, and that it is over once somebody has decided', async () => {
    const path = join(project.folder, 'rosterferry.yaml');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('safeguards: {', 'safeguards: { review: always,'));
    await project.drop({ 'students.csv': GOOD });
    const { exit } = await run();
    expect(exit).to.equal(4);
    const { run: id } = JSON.parse(hook.calls[0]?.body ?? '{}');
    expect(mail.mails[0]?.text).to.include('a run waits for a person').and.include(`Run: ${id}`);
    const env = { HOOK: hook.url };
    expect((await rosterferry(['approve', id], { cwd: project.folder, env })).exit).to.equal(0);
    expect(subjects()).to.have.length(2);
    expect(subjects()[1]).to.equal('Rosterferry: north: in order again');
  });
});
