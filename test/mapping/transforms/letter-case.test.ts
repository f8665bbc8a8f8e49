import { expect } from 'chai';
import { codeOf } from './a-step.ts';

describe('mapping/transforms/letter-case', () => {
  it('writes names as people write them', () => {
    const title = codeOf('title_case');
    expect(title('SAN JOSÉ, ELM ST. NW')).to.equal('San José, Elm St. Nw');
    expect(title('o’brien-d’angelo')).to.equal('O’Brien-D’Angelo');
    expect(title('E\u0301MILE ßtrong')).to.equal('E\u0301mile Sstrong');
    expect(title("QUR'AN 3RD")).to.equal("Qur'an 3rd");
  });
});
