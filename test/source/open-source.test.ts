import { sourceContract } from '../contracts/source-contract.ts';
import { goodHosts } from '../doubles/hosts.ts';
import { localStand, sftpStand } from './stands.ts';

sourceContract('a local folder', localStand);
for (const profile of goodHosts()) sourceContract(profile.title, () => sftpStand(profile));
