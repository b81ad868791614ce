import { answering } from '../aside';
import { Fleet, FleetSize } from '../fleet';
import { ReplayServer } from './ReplayServer';

const servers: ReplayServer[] = [];

answering({
  /** @returns address and number of objects of one more server. */
  start: async (size: FleetSize) => {
    const fleet = new Fleet(size);
    const server = await ReplayServer.start(fleet);
    servers.push(server);
    return { address: server.address, objects: fleet.objects };
  },
  /** @returns what all of them were asked since the last look. */
  counted: () => servers.map(server => server.takeCounted()),
});
