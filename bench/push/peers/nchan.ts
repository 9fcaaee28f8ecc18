import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { temporaryFolder } from '../../../src/testing/fixtures/temporary-folder.ts'
import { freePorts } from '../../../src/testing/services/free-port.ts'
import { startHelper } from '../lib/helper-process.ts'
import { childrenOf } from '../lib/process-usage.ts'
import type { Change } from '../lib/source.ts'
import { findNginx, type NginxProgram } from './nginx-program.ts'
import type { Audience, Peer } from './peer.ts'

/** Starts nginx with one worker, and a connection over which messages are posted one after the other. */
export async function startNchan(audience: Audience, idSuffix: string): Promise<Peer> {
  const nginx = await findNginx()
  // Debian's nginx makes its own folder in this one, whatever its configuration says.
  await mkdir('/var/lib/nginx', { recursive: true })
  const folder = await temporaryFolder()
  const [port = 0] = await freePorts(1)
  const file = join(folder.path, 'nginx.conf')
  await writeFile(file, configuration(nginx, port, folder.path))
  const helper = startHelper({ command: nginx.program, args: ['-p', folder.path, '-c', file, '-e', 'stderr'] })
  const url = `ws://127.0.0.1:${port}/pub?id=`
  const publishers = new Map<string, WebSocket>([['all', await connectWhenUp(`${url}all`)]])
  const publisherOf = async (channel: string) => {
    const publisher = publishers.get(channel) ?? (await connectWhenUp(`${url}${channel}`))
    publishers.set(channel, publisher)
    return publisher
  }
  return {
    ...{ protocol: 'path', path: '/sub/', ports: [port], pids: [helper.pid, ...childrenOf(helper.pid)] },
    async publish(changes) {
      const channelOf = (change: Change) => (audience === 'all' ? 'all' : `FL${change.departure}${idSuffix}`)
      for (const change of changes) (await publisherOf(channelOf(change))).send(change.text)
    },
    async [Symbol.asyncDispose]() {
      for (const publisher of publishers.values()) publisher.terminate()
      await helper.stop()
      await folder[Symbol.asyncDispose]()
    },
  }
}

/** A socket that publishes what it is sent: of the ways that nchan has, the one with the least work per message. */
async function connectWhenUp(url: string): Promise<WebSocket> {
  for (let tries = 0; tries < 100; tries += 1) {
    const socket = new WebSocket(url, { perMessageDeflate: false })
    const isUp = await new Promise<boolean>((resolve) => {
      socket.once('open', () => resolve(true))
      socket.once('error', () => resolve(false))
    })
    if (isUp) return socket
    await sleep(50)
  }
  throw new Error('nginx does not listen')
}

function configuration({ module }: NginxProgram, port: number, folder: string): string {
  const names = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const folders = names.map((name) => `${name}_temp_path ${folder}/${name};`)
  return `
${process.getuid?.() === 0 ? 'user root;' : ''}
load_module ${module};
daemon off;
pid ${folder}/nginx.pid;
error_log stderr crit;
worker_processes 1;
worker_rlimit_nofile 20000;
events { worker_connections 19000; multi_accept on; }
http {
  access_log off;
  ${folders.join(' ')}
  tcp_nodelay on;
  keepalive_requests 100000000;
  keepalive_timeout 1h;
  client_body_buffer_size 16k;
  nchan_shared_memory_size 256M;
  nchan_message_buffer_length 512;
  nchan_message_timeout 10s;
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location = /pub { nchan_publisher websocket; nchan_channel_id $arg_id; }
    location ~ ^/sub/(.+)$ {
      nchan_subscriber websocket;
      nchan_channel_id $1;
      nchan_channel_id_split_delimiter ",";
      nchan_subscriber_first_message newest;
      nchan_websocket_ping_interval 25;
    }
  }
}
`
}
