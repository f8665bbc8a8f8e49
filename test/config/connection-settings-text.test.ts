import { expect } from 'chai';
import { parse } from 'yaml';
import { renderConnectionSettings } from '../../src/config/connection-settings-text.ts';
import { GOOD_CONFIG, GOOD_FILES, loadProject, spoil, withProject } from './project.ts';

describe('config/connection-settings-text', () => {
  it('writes the settings with every default, and secrets only as references', async () => {
    const source =
      'source: { type: sftp, host: h, username: u, path: /out, password: env:RIVERSIDE, known_hosts: file:k }';
    const config = spoil(GOOD_CONFIG, 'source: { type: local, path: inbound }', source);
    await withProject({ ...GOOD_FILES, 'rosterferry.yaml': config }, async (folder) => {
      const connection = (await loadProject(folder)).connections.get('riverside');
      if (!connection) throw new Error('no connection');
      const document: unknown = parse(renderConnectionSettings(connection));
      expect(document).to.have.property('connection', 'riverside');
      expect(document).to.have.nested.property('settings.source.password', 'env:RIVERSIDE');
      expect(document).to.have.nested.property('settings.source.port', 22);
      expect(document).to.have.nested.property('settings.safeguards.max_rejected', '5%');
      expect(document).to.have.nested.property('settings.eligibility.policy', 'active_or_age_eligible');
    });
  });
});
