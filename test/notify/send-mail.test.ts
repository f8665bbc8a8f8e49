import { expect } from 'chai';
import { sendMail } from '../../src/notify/send-mail.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { openSmtpServer, type SmtpDials } from '../doubles/smtp-server.ts';
import { ALERT, aMessage } from './an-alert.ts';

describe('sendMail', () => {
  let server: Awaited<ReturnType<typeof openSmtpServer>>;
  const open = async (dials: SmtpDials = {}) => {
    server = await openSmtpServer(dials);
    return { host: '127.0.0.1', port: server.port, from: 'ferry@service.example' };
  };
  afterEach(() => server.close());

  it('hands the mail to the server, to every address, in words', async () => {
    const access = await open();
    const to = ['kim@district.example', 'lee@district.example'];
    await sendMail(access, aMessage({ to }));
    const [mail] = server.mails;
    expect(server.mails).to.have.length(1);
    expect(mail).to.include({ from: 'ferry@service.example' });
    expect(mail?.to).to.deep.equal(to);
    expect(mail?.text)
      .to.include('Subject: Rosterferry: Riverside USD to Enroll: a run waits for a person\n')
      .and.include('Message-ID: <a1@service.example>\n')
      .and.include('Auto-Submitted: auto-generated\n')
      .and.include(
        '\n\nThe run waits for a person.\n\nWhat to do: Approve or cancel it.\n\nRun: 20261122T093000Z',
      );
  });

  it('lets no title begin a header of its own', async () => {
    const access = await open();
    const title = 'Riverside\r\nBcc: everyone@district.example\r\n\r\nHello';
    await sendMail(access, aMessage({ alert: { ...ALERT, title } }));
    const [mail] = server.mails;
    expect(mail?.to).to.deep.equal(['kim@district.example']);
    expect(mail?.text).to.not.match(/^Bcc:/m);
    expect(mail?.text).to.include('Bcc: everyone');
  });

  it('logs in, and says what was wrong without the password', async () => {
    const login = { username: 'ferry', password: 'S3CRET-word' };
    const access = { ...(await open({ login })), tls: 'when_offered' as const };
    await sendMail({ ...access, ...login }, aMessage());
    expect(server.mails).to.have.length(1);
    const fault = await faultOf(sendMail({ ...access, ...login, password: 'S3CRET-wrong' }, aMessage()));
    expect(fault.code).to.equal('notify_failed');
    expect(fault.message)
      .to.include(`127.0.0.1:${server.port} did not take an e-mail`)
      .and.not.include('S3CRET');
  });

  it('never sends a password where the server offers no TLS, unless told to', async () => {
    const login = { username: 'ferry', password: 'S3CRET-word' };
    const fault = await faultOf(sendMail({ ...(await open({ login })), ...login }, aMessage()));
    expect(fault.code).to.equal('notify_failed');
    expect(server.mails).to.deep.equal([]);
  });

  it('fails where the server refuses the mail, one address of several, or is not there', async () => {
    const access = await open({ refuses: '451 4.3.0 later' });
    expect((await faultOf(sendMail(access, aMessage()))).message).to.include('451 4.3.0 later');
    delete server.dials.refuses;
    server.dials.unknown = ['lee@district.example'];
    const to = ['kim@district.example', 'lee@district.example'];
    expect((await faultOf(sendMail(access, aMessage({ to })))).message).to.include(
      'refuses 1 of 2 addresses',
    );
    expect((await faultOf(sendMail({ ...access, port: 1 }, aMessage()))).code).to.equal('notify_failed');
  });
});
