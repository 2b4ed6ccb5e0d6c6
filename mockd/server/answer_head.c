#include "mockd/server/answer_head.h"

#include "mockd/domain/civil.h"

void answer_head(struct buf *head, const struct rq *rq, struct str reason, struct str connection)
{
    char date[32];
    const size_t date_n = http_date(date, rq->now_ms);
    buf_clear(head);
    buf_add(head, STR("HTTP/1.1 "));
    buf_add_int(head, rq->status);
    buf_add_char(head, ' ');
    buf_add(head, reason);
    buf_add(head, STR("\r\nDate: "));
    buf_add(head, (struct str){date, date_n});
    for (size_t i = 0; i < rq->nreply_headers; i++) {
        buf_add(head, STR("\r\n"));
        buf_add(head, rq->reply_header[i].name);
        buf_add(head, STR(": "));
        buf_add(head, rq->reply_header[i].value);
    }
    buf_add(head, STR("\r\nContent-Length: "));
    buf_add_int(head, (int64_t)rq->reply->n);
    if (connection.n) {
        buf_add(head, STR("\r\nConnection: "));
        buf_add(head, connection);
    }
    buf_add(head, STR("\r\n\r\n"));
}
