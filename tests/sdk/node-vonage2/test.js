/*
 * The unmodified @vonage/server-sdk 2.x against mockd: the credentials stand in the JSON body or
 * the request is signed, and refusals are answers, not errors. This client can be given a host and
 * a port but no path, so the tests share one server and each begins with a reset.
 */
const assert = require('node:assert/strict');
const test = require('node:test');
const { promisify } = require('node:util');
const Vonage = require('@vonage/server-sdk');

const SERVER = process.env.MOCKD_URL;
const { hostname, port } = new URL(SERVER);
/* A number that forces nothing. */
const TO = '447700900000';

function client(credentials) {
  return new Vonage(
    { apiKey: 'mockd001', apiSecret: 'mockdSecret1', ...credentials },
    { host: `http://${hostname}`, restHost: hostname, apiHost: hostname, port: Number(port) },
  );
}

function send(vonage, to, text, options = {}) {
  return promisify(vonage.message.sendSms.bind(vonage.message))('Acme', to, text, options);
}

async function admin(method, path, body) {
  const answer = await fetch(`${SERVER}/__admin/${path}`, { method, body: body && JSON.stringify(body) });
  const text = await answer.text();
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

test.beforeEach(() => admin('POST', 'reset'));

test('key and secret in the body: sent and seen', async () => {
  const answer = await send(client(), TO, 'Hello');
  assert.equal(answer['message-count'], '1');
  const { 'message-id': id, ...rest } = answer.messages[0];
  assert.match(id, /^[0-9A-F]{16}$/);
  assert.deepEqual(rest, {
    to: TO,
    status: '0',
    'remaining-balance': '99.96670000',
    'message-price': '0.03330000',
    network: '23410',
  });

  const { messages } = await admin('GET', 'messages');
  assert.deepEqual(messages.map((seen) => [seen.providerMessageId, seen.to, seen.text]), [[id, TO, 'Hello']]);
});

test('a refusal is an answer whose status is for the caller to look at', async () => {
  const answer = await send(client({ apiSecret: 'wrong' }), TO, 'Hello');
  assert.deepEqual(answer, {
    'message-count': '1',
    messages: [{ status: '4', 'error-text': 'Bad Credentials' }],
  });
  const unroutable = await send(client(), '999123456789', 'Hello');
  assert.deepEqual(unroutable.messages, [
    { to: '999123456789', status: '6', 'error-text': 'Unroutable message - rejected' },
  ]);
  assert.equal((await admin('GET', 'messages')).meta.total, 0);
});

for (const signatureMethod of ['md5hash', 'md5', 'sha1', 'sha256', 'sha512']) {
  test(`a request signed with ${signatureMethod}`, async () => {
    const signed = { apiKey: 'mksign01', signatureSecret: 'mockdSignature1', signatureMethod };
    await admin('PATCH', 'accounts/mksign01', { signatureMethod });

    const good = await send(client(signed), TO, 'A&B=C é');
    assert.equal(good.messages[0].status, '0');
    assert.equal((await admin('GET', 'messages')).messages[0].text, 'A&B=C é');

    const bad = await send(client({ ...signed, signatureSecret: 'guessed' }), TO, 'Hello');
    assert.deepEqual(bad.messages, [{ status: '14', 'error-text': 'Invalid Signature' }]);
  });
}

test('binary with a user data header', async () => {
  const vonage = client();
  const sendBinary = promisify(vonage.message.sendBinaryMessage.bind(vonage.message));
  const answer = await sendBinary('Acme', TO, '48656c6c6f', '06050415811581', {});
  assert.equal(answer.messages[0].status, '0');
});
