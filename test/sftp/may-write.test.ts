import { expect } from 'chai';
import { mayWrite } from '../../src/sftp/may-write.ts';

describe('mayWrite', () => {
  const verdict = (mode: number | undefined, owner?: string, username = 'ferry', isReadOnly?: boolean) =>
    mayWrite({ mode, owner, isReadOnly }, username).verdict;

  it('is sure of the owner, and of what is open to everybody', () => {
    expect(verdict(0o755, 'ferry')).to.equal('yes');
    expect(verdict(0o700, 'ferry')).to.equal('yes');
    expect(verdict(0o777)).to.equal('yes');
    expect(verdict(0o755, 'rosterfe', 'rosterferry'), 'a name that a listing has cut').to.equal('yes');
  });

  it('is sure where nobody may write, or its owner may not', () => {
    expect(verdict(0o555)).to.equal('no');
    expect(verdict(0o555, 'ferry')).to.equal('no');
    expect(verdict(0o277, 'ferry'), 'a folder that its owner cannot enter').to.equal('no');
    expect(verdict(0o777, 'ferry', 'ferry', true), 'a file system that is read-only').to.equal('no');
  });

  it('does not guess what others and groups may do', () => {
    for (const mode of [0o755, 0o775, 0o757, 0o700]) {
      expect(verdict(mode), `0${mode.toString(8)}`).to.equal('unknown');
      expect(verdict(mode, 'admin'), `0${mode.toString(8)}`).to.equal('unknown');
    }
    expect(verdict(undefined, 'ferry')).to.equal('unknown');
    expect(verdict(0o555, 'root', 'root'), 'the administrator').to.equal('unknown');
    expect(verdict(0o755, 'ferrymen', 'ferry')).to.equal('unknown');
  });

  it('says by what it knows', () => {
    const { why } = mayWrite({ mode: 0o750, owner: 'admin', isReadOnly: false }, 'ferry');
    expect(why).to.equal('mode 0750, its owner is admin');
  });
});
