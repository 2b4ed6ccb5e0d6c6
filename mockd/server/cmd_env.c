#include <stdio.h>

#include "mockd/server/commands.h"
#include "mockd/server/exit_code.h"

struct env_options {
    const char *client, *url;
};

static const struct option k_rows[] = {
    {.name = "client",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct env_options, client),
     .placeholder = "ID",
     .help = "one of the clients below"},
    {.name = "url",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct env_options, url),
     .placeholder = "URL",
     .help = "where mockd is (http://127.0.0.1:8080)"},
};

/*
 * How each client is pointed at another server: nexmo.md 16 and the clients' own sources. In the
 * text, @URL@ is the server, @HOST@ its host and @PORT@ its port.
 */
static const struct client {
    const char *id, *what, *text;
} k_clients[] = {
    {"curl", "both providers, from a shell",
     "curl @URL@/smspartner/v1/send -d '{\"apiKey\":\"mockd-key\",\"phoneNumbers\":\"0639980000\","
     "\"message\":\"hello\"}'\n"
     "curl @URL@/nexmo/sms/json -d api_key=mockd001 -d api_secret=mockdSecret1 -d from=Acme "
     "-d to=447700900000 -d text=hello\n"},
    {"node-vonage", "npm @vonage/server-sdk 3.x",
     "const { Vonage } = require('@vonage/server-sdk');\n"
     "const vonage = new Vonage(\n"
     "  { apiKey: 'mockd001', apiSecret: 'mockdSecret1' },\n"
     "  { restHost: '@URL@', apiHost: '@URL@' });\n"},
    {"node-vonage2", "npm @vonage/server-sdk 2.x",
     "const Vonage = require('@vonage/server-sdk');\n"
     "const vonage = new Vonage(\n"
     "  { apiKey: 'mockd001', apiSecret: 'mockdSecret1' },\n"
     "  { host: 'http://@HOST@', restHost: '@HOST@', apiHost: '@HOST@', port: @PORT@ });\n"},
    {"php-vonage", "Composer vonage/client-core 4.x",
     "$client = new Vonage\\Client(new Vonage\\Client\\Credentials\\Basic('mockd001', "
     "'mockdSecret1'),\n"
     "    ['base_rest_url' => '@URL@', 'base_api_url' => '@URL@']);\n"},
    {"java-vonage", "Maven com.vonage:server-sdk",
     "VonageClient client = VonageClient.builder()\n"
     "    .apiKey(\"mockd001\").apiSecret(\"mockdSecret1\")\n"
     "    .httpConfig(HttpConfig.builder().baseUri(\"@URL@\").build())\n"
     "    .build();\n"},
    {"go-vonage", "Go github.com/vonage/vonage-go-sdk",
     "auth := vonage.CreateAuthFromKeySecret(\"mockd001\", \"mockdSecret1\")\n"
     "client := vonage.NewSMSClient(auth)\n"
     "client.Config.BasePath = \"@URL@/sms\"\n"},
    {"dotnet-vonage", "NuGet Vonage, in appsettings.json",
     "{\"vonage\": {\"Api.Key\": \"mockd001\", \"Api.Secret\": \"mockdSecret1\",\n"
     "            \"Url.Rest\": \"@URL@\", \"Url.Api\": \"@URL@\"}}\n"},
    {"go-smspartner", "Go github.com/hoflish/smspartner-go",
     "client, err := smspartner.NewClient(&http.Client{},\n"
     "    smspartner.APIKey(\"mockd-key\"), smspartner.BasePath(\"@URL@/smspartner/v1\"))\n"},
};

enum { CLIENTS = sizeof(k_clients) / sizeof(k_clients[0]) };

const struct option_table k_env_table = {
    .command = "env",
    .usage = "--client ID [--url URL]",
    .summary = "Prints how to point a client library at mockd, ready to paste.",
    .rows = k_rows,
    .n = sizeof(k_rows) / sizeof(k_rows[0]),
    .target_size = sizeof(struct env_options),
    .notes = "Clients: curl, node-vonage, node-vonage2, php-vonage, java-vonage, go-vonage,\n"
             "dotnet-vonage, go-smspartner. Libraries that only speak https need a TLS port.",
};

/* Scheme, host and port of a URL such as http://127.0.0.1:8080. */
static bool split_url(struct str url, struct str *host, struct str *port)
{
    const size_t scheme = str_find(url, STR("://"));
    if (scheme == url.n)
        return false;
    struct str rest = str_from(url, scheme + 3);
    rest.n = str_find_char(rest, '/');
    const size_t colon = str_find_char(rest, ':');
    *host = (struct str){rest.p, colon};
    *port = colon < rest.n ? str_from(rest, colon + 1) : STR("80");
    return host->n > 0;
}

static void print_text(struct str text, struct str url, struct str host, struct str port)
{
    const struct {
        struct str mark, value;
    } k_marks[] = {{STR("@URL@"), url}, {STR("@HOST@"), host}, {STR("@PORT@"), port}};
    while (text.n) {
        size_t used = 1;
        struct str put = {text.p, 1};
        for (size_t i = 0; i < sizeof(k_marks) / sizeof(k_marks[0]); i++) {
            if (!str_starts(text, k_marks[i].mark))
                continue;
            used = k_marks[i].mark.n;
            put = k_marks[i].value;
        }
        fwrite(put.p, 1, put.n, stdout);
        text = str_from(text, used);
    }
}

int cmd_env(int argc, char **argv)
{
    struct env_options o = {.url = "http://127.0.0.1:8080"};
    struct complaint c;
    struct str names[CLIENTS];
    struct str host;
    struct str port;
    int status;
    if (!command_options(&k_env_table, &o, argc, argv, NULL, &status))
        return status;
    struct str url = str_from_cstr(o.url);
    if (str_ends(url, STR("/")))
        url.n--;
    if (!split_url(url, &host, &port)) {
        complain(&c, "--url must look like http://127.0.0.1:8080, not \"%s\"", o.url);
        return usage_error(&c);
    }
    if (!o.client) {
        complain(&c, "env needs --client; see mockd help env");
        return usage_error(&c);
    }
    for (size_t i = 0; i < CLIENTS; i++) {
        names[i] = str_from_cstr(k_clients[i].id);
        if (!str_eq(names[i], str_from_cstr(o.client)))
            continue;
        print_text(str_from_cstr(k_clients[i].text), url, host, port);
        return EXIT_CODE_OK;
    }
    const struct str near = nearest_name(str_from_cstr(o.client), names, CLIENTS);
    complain(&c, "there is no client \"%s\"%s%.*s%s", o.client, near.n ? "; did you mean " : "",
             STR_ARG(near), near.n ? "?" : "; see mockd help env");
    return usage_error(&c);
}
