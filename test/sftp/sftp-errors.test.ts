import { expect } from 'chai';
import { AppError } from '../../src/errors/app-error.ts';
import {
  destinationFault,
  hostKeyChanged,
  openingFault,
  SftpRefusal,
  sourceFault,
  whereOf,
} from '../../src/sftp/sftp-errors.ts';

const ACCESS = {
  host: 'sftp.district.example',
  port: 22,
  username: 'ferry',
  password: 'never shown',
  trustedHostKeys: ['SHA256:pinned'],
  timeoutMs: 1000,
};
const raw = (message: string, fields: object = {}) => Object.assign(new Error(message), fields);

describe('errors of SFTP', () => {
  const openings: [Error, string][] = [
    [
      raw('All configured authentication methods failed', { level: 'client-authentication' }),
      'login_refused',
    ],
    [raw('Too many authentication failures', { code: 2 }), 'login_refused'],
    [raw('illegal user name', { code: 15 }), 'login_refused'],
    [raw('Handshake failed: no matching cipher', { level: 'handshake' }), 'protocol_mismatch'],
    [raw('sftp: Unable to start subsystem: sftp'), 'protocol_mismatch'],
    [raw('connect ECONNREFUSED', { code: 'ECONNREFUSED' }), 'host_unreachable'],
    [raw('getaddrinfo ENOTFOUND', { code: 'ENOTFOUND' }), 'host_unreachable'],
    [raw('Timed out while waiting for handshake', { level: 'client-timeout' }), 'host_unreachable'],
    [raw('Connection lost before handshake', { level: 'protocol' }), 'host_unreachable'],
    [raw('Too many connections', { code: 12 }), 'host_unreachable'],
  ];
  for (const [cause, code] of openings)
    it(`opens with "${cause.message}": ${code}`, () => {
      const fault = openingFault(ACCESS, cause);
      expect(fault.code).to.equal(code);
      expect(fault.message).to.contain('sftp.district.example:22').and.not.contain('never shown');
      expect(fault.transient).to.equal(code === 'host_unreachable');
    });

  const statuses: [number, string, string][] = [
    [2, 'source_missing', 'destination_missing'],
    [3, 'source_unreadable', 'destination_denied'],
    [4, 'source_unreadable', 'delivery_failed'],
    [8, 'source_unreadable', 'delivery_failed'],
    [12, 'source_unreadable', 'destination_denied'],
    [14, 'source_unreadable', 'destination_full'],
    [15, 'source_unreadable', 'destination_full'],
  ];
  for (const [status, source, destination] of statuses)
    it(`reads the status ${status}`, () => {
      expect(sourceFault('Cannot', new SftpRefusal(status, 'no')).code).to.equal(source);
      expect(destinationFault('Cannot', new SftpRefusal(status, 'no')).code).to.equal(destination);
    });

  it('reads the words of servers that have them', () => {
    for (const words of ['No space left on device', 'Disk quota exceeded', 'disk full'])
      expect(destinationFault('Cannot', new SftpRefusal(4, words)).code).to.equal('destination_full');
    expect(destinationFault('Cannot', new SftpRefusal(4, 'Failure'), true).code).to.equal('destination_full');
  });

  it('shows what a host says in one short line that steers no terminal', () => {
    const words = `no\u001b[2J\r\nerror[ok]: delivered\u202e${'x'.repeat(5000)}`;
    const { message } = destinationFault('Cannot', new SftpRefusal(4, words));
    expect(message)
      .to.match(/^Cannot: no \[2J error\[ok\]: delivered x+/)
      .and.have.length.below(320);
  });

  it('leaves an error of ours as it is', () => {
    const ours = new AppError('connection_lost', 'gone');
    for (const made of [
      sourceFault('x', ours),
      destinationFault('x', ours, true),
      openingFault(ACCESS, ours),
    ])
      expect(made).to.equal(ours);
  });

  it('names the pinned and the shown key', () => {
    const fault = hostKeyChanged(ACCESS, [{ type: 'ssh-ed25519', fingerprint: 'SHA256:shown' }]);
    expect(fault.message).to.contain('SHA256:shown (ssh-ed25519)').and.contain('SHA256:pinned');
    expect(fault.context).to.deep.include({ shown: ['SHA256:shown'], pinned: ['SHA256:pinned'] });
  });

  it('writes addresses so that the port can be told', () => {
    expect(whereOf({ host: '2001:db8::1', port: 22 })).to.equal('[2001:db8::1]:22');
  });
});
