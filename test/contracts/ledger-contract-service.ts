import { expect } from 'chai';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { AlertState, Message } from '../../src/vocabulary/alert.ts';

const aState = (kind: AlertState['kind'], subject: string): AlertState => {
  return { kind, subject, sentence: 's', hint: 'h' };
};

const aMessage = (id: string): Message => ({
  id,
  connection: 'riverside',
  channel: 'email',
  to: ['registrar@district.example'],
  alert: {
    kind: 'late',
    connection: 'riverside',
    title: 'Riverside',
    environment: 'production',
    at: '2026-11-22T05:00:00.000-06:00',
    sentence: 's',
    hint: 'h',
  },
});

/** Schedules, states that were told, and the outbox. */
export function whatTheServiceRemembers(ledger: () => Ledger): void {
  it('is until when schedules were followed, and after which run they were switched off', async () => {
    const { service } = ledger();
    expect(await service.schedule('riverside')).to.deep.equal({});
    await service.noteLooked('riverside', 1000);
    await service.switchOff('riverside', 'RUN');
    await service.noteLooked('riverside', 900);
    expect(await service.schedule('riverside')).to.deep.equal({ lookedUntilMs: 900, offSince: 'RUN' });
    await service.switchOff('riverside', null);
    expect(await service.schedule('riverside')).to.deep.equal({ lookedUntilMs: 900 });
    expect(await service.schedule('lakeside')).to.deep.equal({});
  });

  it('is who was told what: each state once, and its end where nothing is left', async () => {
    const { service } = ledger();
    const changes: string[] = [];
    const settle = (connection: string, ...states: AlertState[]) =>
      service.settle(connection, states, ({ begun, over }) => {
        const words = begun.map(({ kind, subject }) => `${kind} ${subject}`);
        changes.push([...words, ...over.map((kind) => `no more ${kind}`)].join(', '));
        return { messages: [aMessage(`m${changes.length}`)], nowMs: 5 };
      });
    const late = aState('late', '2026-11-22');
    await settle('riverside');
    await settle('riverside', late);
    await settle('riverside', late);
    await settle('lakeside', late);
    await settle('riverside', late, aState('held', 'RUN'));
    await settle('riverside', aState('held', 'RUN'));
    await settle('riverside', aState('held', 'NEXT'));
    await settle('riverside');
    await settle('riverside');
    expect(changes).to.deep.equal([
      'late 2026-11-22',
      'late 2026-11-22',
      'held RUN',
      'held NEXT',
      'no more held',
    ]);
    expect(await service.waiting()).to.deep.equal({ count: 5, oldestMs: 5 });
  });

  it('is nothing of a change whose messages could not be composed', async () => {
    const { service } = ledger();
    const fail = () => {
      throw new Error('no words');
    };
    const states = [aState('late', '2026-11-22')];
    const why = await service.settle('north', states, fail).catch((thrown: unknown) => String(thrown));
    expect(why).to.match(/no words/);
    let isTold = false;
    await service.settle('north', states, () => {
      isTold = true;
      return { messages: [], nowMs: 0 };
    });
    expect(isTold).to.equal(true);
  });

  it('is each message until it has arrived, and gives it to one sender at a time', async () => {
    const { service } = ledger();
    const due = async (nowMs: number) =>
      (await service.claimDue(nowMs, 100)).map(({ id, tries }) => `${id} after ${tries}`);
    await service.post([aMessage('a'), aMessage('b')], 1000);
    expect(await due(999), 'posted by a clock that was ahead').to.deep.equal(['a after 0', 'b after 0']);
    expect(await due(1098)).to.deep.equal([]);
    expect(await due(1099), 'after the lease').to.deep.equal(['a after 1', 'b after 1']);
    await service.arrived('a');
    await service.putOff('b', 5000);
    expect(await due(4999)).to.deep.equal([]);
    expect(await service.waiting()).to.deep.equal({ count: 1, oldestMs: 999 });
    const [b] = await service.claimDue(5000, 100);
    expect(b).to.deep.equal({ ...aMessage('b'), tries: 2, postedMs: 999 });
    await service.arrived('b');
    await service.arrived('b');
    expect(await service.waiting()).to.deep.equal({ count: 0, oldestMs: undefined });
  });
}
