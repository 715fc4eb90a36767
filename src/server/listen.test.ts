import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, type Socket, connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { close, limited } from './listen.ts';

test('no more than 256 connections are held, and all end with the server', async () => {
  const server = limited(createServer((_, response) => response.end()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  let refused = 0;
  const sockets: Socket[] = [];
  for (let index = 0; index < 300; index += 1) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.on('close', () => {
      refused += 1;
    });
    socket.resume();
    sockets.push(socket);
    await once(socket, 'connect');
  }
  for (let tries = 0; refused < 44 && tries < 100; tries += 1) await setTimeout(20);
  expect(refused).toBe(44);
  await close(server);
  for (let tries = 0; refused < 300 && tries < 100; tries += 1) await setTimeout(20);
  expect(refused).toBe(300);
});
