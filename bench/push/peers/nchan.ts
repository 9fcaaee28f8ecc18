import { writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
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
  const folder = await temporaryFolder()
  const [port = 0] = await freePorts(1)
  const file = join(folder.path, 'nginx.conf')
  await writeFile(file, configuration(nginx, port, folder.path))
  const helper = startHelper({ command: nginx.program, args: ['-p', folder.path, '-c', file, '-e', 'stderr'] })
  const publisher = await connectWhenUp(port)
  // The answers only say that somebody got it.
  publisher.resume()
  return {
    ...{ protocol: 'path', path: '/sub/', ports: [port], pids: [helper.pid, ...childrenOf(helper.pid)] },
    async publish(changes) {
      const posts = changes.map((change) =>
        post(audience === 'all' ? 'all' : `FL${change.departure}${idSuffix}`, change),
      )
      publisher.write(posts.join(''))
    },
    async [Symbol.asyncDispose]() {
      publisher.destroy()
      await helper.stop()
      await folder[Symbol.asyncDispose]()
    },
  }
}

function post(channel: string, { text }: Change): string {
  const headers = `Host: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}`
  return `POST /pub?id=${channel} HTTP/1.1\r\n${headers}\r\n\r\n${text}`
}

async function connectWhenUp(port: number): Promise<Socket> {
  for (let tries = 0; tries < 100; tries += 1) {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true })
    const isUp = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true))
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
    location = /pub { nchan_publisher http; nchan_channel_id $arg_id; }
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
