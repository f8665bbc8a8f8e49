import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { callWebhook } from '../../src/notify/call-webhook.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { openWebhookServer } from '../doubles/webhook-server.ts';
import { ALERT, aMessage } from './an-alert.ts';

const NOW_MS = 1_795_339_800_000;

describe('callWebhook', () => {
  let server: Awaited<ReturnType<typeof openWebhookServer>>;
  beforeEach(async () => {
    server = await openWebhookServer();
  });
  afterEach(() => server.close());

  it('posts the alert as JSON, signed so that the receiver can check it', async () => {
    await callWebhook({ url: `${server.url}\n`, secret: 'shared' }, aMessage({ channel: 'webhook' }), NOW_MS);
    const [call] = server.calls;
    expect(JSON.parse(call?.body ?? '')).to.deep.equal({ schema: 'rosterferry/alert/1', id: 'a1', ...ALERT });
    const seconds = NOW_MS / 1000;
    const hmac = createHmac('sha256', 'shared').update(`${seconds}.${call?.body}`).digest('hex');
    expect(call?.headers).to.include({
      'content-type': 'application/json',
      'x-rosterferry-event': 'held',
      'x-rosterferry-delivery': 'a1',
      'x-rosterferry-signature': `t=${seconds},v1=${hmac}`,
    });
  });

  it('signs nothing where no secret is shared', async () => {
    await callWebhook({ url: server.url }, aMessage(), NOW_MS);
    expect(server.calls[0]?.headers).to.not.have.property('x-rosterferry-signature');
  });

  it('takes only a 2xx answer for arrived, follows no redirect, and keeps the address to itself', async () => {
    server.dials.headers = { location: server.url };
    for (const status of [302, 401, 500]) {
      server.dials.status = status;
      const fault = await faultOf(callWebhook({ url: server.url }, aMessage(), NOW_MS));
      expect(fault.code).to.equal('notify_failed');
      expect(fault.message).to.include(`answered ${status}`).and.not.include('SECRET-TOKEN');
    }
    expect(server.calls).to.have.length(3);
  });

  it('fails where nobody listens, and where the address is none', async () => {
    for (const url of ['http://127.0.0.1:1/SECRET-TOKEN', 'file:///etc/SECRET-TOKEN', 'SECRET-TOKEN']) {
      const fault = await faultOf(callWebhook({ url }, aMessage(), NOW_MS));
      expect(fault.code).to.equal('notify_failed');
      expect(fault.message).to.not.include('SECRET-TOKEN');
    }
  });
});
