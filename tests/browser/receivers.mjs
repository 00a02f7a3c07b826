// Real receivers on loopback: a site whose news one decides on, a program that takes webhooks, a mail server that takes what comes.

import { createServer as http } from 'node:http';
import { createServer as tcp } from 'node:net';

const listening = (server, port = 0) =>
  new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server.address().port));
  });

/** A site with a page of news that names its feed. */
export async function site(words) {
  const items = [1, 2, 3].map((number) => ({ number, title: `${words} ${number}`, at: Date.now() - number * 86_400_000 }));
  const server = http((request, answer) => {
    const base = `http://${request.headers.host}`;
    const send = (type, body) => answer.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body);
    if (request.url === '/feed.xml') {
      const entry = ({ number, title, at }) =>
        `<item><title>${title}</title><link>${base}/${number}</link><guid>${base}/${number}</guid><pubDate>${new Date(at).toUTCString()}</pubDate>` +
        `<description>${title}: serviciile sociale din oraș primesc un sprijin nou pentru familii și copii.</description></item>`;
      return send('application/rss+xml', `<rss version="2.0"><channel><title>Casa Zorilor</title><link>${base}/</link><description>Știri</description>${items.map(entry).join('')}</channel></rss>`);
    }
    if (request.url === '/') {
      return send('text/html', `<!doctype html><html lang="ro"><head><title>Casa Zorilor</title><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body><h1>Casa Zorilor</h1></body></html>`);
    }
    const item = items.find(({ number }) => request.url === `/${number}`);
    if (!item) return answer.writeHead(404).end();
    return send('text/html', `<!doctype html><html lang="ro"><head><title>${item.title}</title></head><body><article><h1>${item.title}</h1><p>Serviciile sociale din oraș primesc un sprijin nou pentru familii și copii, a anunțat asociația.</p></article></body></html>`);
  });
  const port = await listening(server);
  return {
    url: `http://127.0.0.1:${port}/`,
    publish: (title) => items.unshift({ number: items.length + 1, title, at: Date.now() - 1_000 }),
    close: () => server.close(),
  };
}

/** A program that takes webhooks: what it got, with headers. */
export async function hook() {
  const got = [];
  const server = http((request, answer) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      got.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
      answer.writeHead(204).end();
    });
  });
  const port = await listening(server);
  return { url: `http://127.0.0.1:${port}/hook`, got, close: () => server.close() };
}

/** What a part of a mail says (RFC 2045, 6). */
function decoded(part) {
  const [head, ...rest] = part.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  if (/^content-transfer-encoding: *base64/im.test(head)) return Buffer.from(body.replace(/\s/g, ''), 'base64').toString();
  if (/^content-transfer-encoding: *quoted-printable/im.test(head)) {
    const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
    return Buffer.from(bytes, 'latin1').toString();
  }
  return body;
}

/** A mail server at a port that takes everything (RFC 5321, as far as it is needed): the mails, read. */
export async function post(port) {
  const mails = [];
  const server = tcp((socket) => {
    let [text, inside] = ['', false];
    const say = (line) => socket.write(`${line}\r\n`);
    socket.on('error', () => {});
    socket.on('data', (data) => {
      text += data.toString('latin1');
      for (;;) {
        const end = text.indexOf(inside ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const piece = text.slice(0, end);
        text = text.slice(end + (inside ? 5 : 2));
        if (inside) {
          inside = false;
          const whole = piece.replace(/\r\n\.\./g, '\r\n.');
          const boundary = whole.match(/boundary="([^"]+)"/)?.[1];
          const parts = boundary ? whole.split(`--${boundary}`).slice(1, -1) : [whole];
          mails.push({ head: whole.split('\r\n\r\n')[0], text: parts.map((part) => decoded(part.replace(/^\r\n/, ''))).join('\n') });
          say('250 taken');
        } else if (/^DATA/i.test(piece)) {
          inside = true;
          say('354 go on');
        } else if (/^QUIT/i.test(piece)) {
          say('221 good bye');
          socket.end();
        } else {
          say(/^EHLO/i.test(piece) ? '250 localhost' : '250 well');
        }
      }
    });
    say('220 localhost');
  });
  await listening(server, port);
  return { mails, close: () => server.close() };
}
