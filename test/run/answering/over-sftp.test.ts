/** Result files at hosts: the district's is written there, the importing system's is read there. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { openDestination } from '../../../src/deliver/open-destination.ts';
import { acknowledgeConnection } from '../../../src/run/acknowledging/acknowledge-connection.ts';
import type { RunTools } from '../../../src/run/run-tools.ts';
import { openSource } from '../../../src/source/open-source.ts';
import { CONNECTION, makeProject, type Project } from '../../builders/project.ts';
import { type Ssh2Server, startSsh2Server } from '../../doubles/ssh2-server.ts';

const DROP = `ID,Last,First,DOB,Gender,Status,School,Grade
1,Lee,Ann,5/1/2015,F,A,10,5
2,Moss,Bo,13/1/2015,F,A,10,5
`;

describe('result files at a host', () => {
  let server: Ssh2Server;
  let project: Project;
  let opened: Partial<RunTools>;
  beforeEach(async () => {
    server = await startSsh2Server({ timeoutMs: 2000 });
    const { access, folder } = server;
    for (const name of ['in', 'out']) await mkdir(join(folder, name));
    const end = (path: string) =>
      `type: sftp, host: 127.0.0.1, port: ${access.port}, username: ferry, password: env:P, host_key: "${access.trustedHostKeys[0]}", path: "${join(folder, path)}"`;
    project = await makeProject({
      connection: `${CONNECTION.replace('type: local, path: inbound', end('in')).replace('type: local, path: outbound', end('out'))}
acknowledge: { file: "result*.csv", id: id, status: result, accepted: [OK], path: answers, after: remove, ready: { quiet: 1ms } }
answer: { path: results }
`,
    });
    opened = {
      openSource: async ({ settings: { source } }) => openSource(source, access),
      openDestination: async ({ settings: { destination } }) => openDestination(destination, access),
    };
  });
  afterEach(async () => {
    await project.remove();
    await server.stop();
  });
  const at = (...path: string[]) => join(server.folder, ...path);

  it('are written whole beneath the drop folder, once, also where the line broke at the rename', async () => {
    await writeFile(at('in', 'students.csv'), DROP);
    let publishes = 0;
    const { report } = await project.carry(undefined, {
      ...opened,
      openDestination: async ({ settings: { destination } }) => {
        const session = await openDestination(destination, server.access);
        return {
          ...session,
          async publish(file, run) {
            await session.publish(file, run);
            publishes += 1;
            if (destination.path.endsWith('results')) throw new Error('the line broke');
          },
        };
      },
    });
    expect(report.run.outcome).to.equal('delivered');
    await project.run(undefined, opened);
    const names = await readdir(at('in', 'results'));
    expect(names).to.deep.equal([`results_2026-11-22_${report.run.id}.csv`]);
    expect(await readFile(at('in', 'results', names[0] ?? ''), 'utf8')).to.include('2,Moss,Bo,13/1/2015');
    expect(publishes, 'the delivery and the result file').to.equal(2);
    expect(await project.names(join(project.folder, 'archive', '.state', 'north.answers'))).to.deep.equal([]);
  });

  it('are read beneath the folder of the destination, and cleared as agreed', async () => {
    await writeFile(at('in', 'students.csv'), DROP);
    const { report } = await project.carry(undefined, opened);
    await mkdir(at('out', 'answers'));
    await writeFile(at('out', 'answers', 'result_1.csv'), 'id;result\n1;OK\n');
    const [taken] = await project.withTools((connection, tools) =>
      acknowledgeConnection({ connection, onlyNew: true }, { ...tools, ...opened }),
    );
    expect(taken?.kind === 'read' && taken.acknowledgement.run).to.equal(report.run.id);
    expect(await readdir(at('out', 'answers'))).to.deep.equal([]);
  });

  it('do not stop a run where their folder is not there', async () => {
    await writeFile(at('in', 'students.csv'), DROP);
    const { report } = await project.carry(undefined, opened);
    expect(report.run.outcome).to.equal('delivered');
  });
});
