import { expect } from 'chai';
import { openLogger } from '../../src/log/logger.ts';
import { type Senders, sendDue } from '../../src/notify/send-due.ts';
import { openMemoryService } from '../doubles/memory-service.ts';
import { aMessage } from './an-alert.ts';

const MINUTE_MS = 60_000;

describe('sendDue', () => {
  let nowMs = 0;
  const outside = { now: () => nowMs, logger: openLogger('silent') };
  beforeEach(() => {
    nowMs = 1000;
  });

  it('sends each message by its channel, once', async () => {
    const service = openMemoryService();
    const sent: string[] = [];
    const senders: Senders = {
      email: async ({ id }) => void sent.push(`email ${id}`),
      webhook: async ({ id }) => void sent.push(`webhook ${id}`),
    };
    await service.post([aMessage(), aMessage({ id: 'a2', channel: 'webhook' })], nowMs);
    expect(await sendDue(service, senders, outside)).to.deep.equal([]);
    await sendDue(service, senders, outside);
    expect(sent).to.deep.equal(['email a1', 'webhook a2']);
    expect((await service.waiting()).count).to.equal(0);
  });

  it('tries again, each time later, and gives up after three days', async () => {
    const service = openMemoryService();
    const triesAt: number[] = [];
    const fail = async () => {
      triesAt.push(Math.round((nowMs - 1000) / MINUTE_MS));
      throw new Error('the server is away');
    };
    await service.post([aMessage()], nowMs);
    while ((await service.waiting()).count > 0 && nowMs < 10 * 24 * 60 * MINUTE_MS) {
      await sendDue(service, { email: fail, webhook: fail }, outside);
      nowMs += MINUTE_MS;
    }
    expect(triesAt.slice(0, 6)).to.deep.equal([0, 1, 6, 21, 81, 321]);
    expect(triesAt.at(-1)).to.be.within(72 * 60, 77 * 60);
    expect(triesAt.length).to.be.below(25);
  });
});
