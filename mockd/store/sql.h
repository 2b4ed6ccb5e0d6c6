#ifndef MOCKD_STORE_SQL_H
#define MOCKD_STORE_SQL_H

#define SQL_MESSAGE_COLUMNS                                                                        \
    "id, batch, account, provider, kind, flags, recipient, sender, text, tag, network, url_dlr,"   \
    " url_response, encoding, parts, cost_e8, created_ms, send_ms, final_ms, receipt, err_code,"   \
    " interim"

#define SQL_MESSAGE_FILTER                                                                         \
    " WHERE id < ?1 AND (?2 = 0 OR account = ?2)"                                                  \
    " AND (?3 IS NULL OR recipient = ?3) AND (?4 IS NULL OR tag = ?4)"                             \
    " AND (?5 = 0 OR (send_ms > ?6 AND send_ms <= ?7) OR (final_ms > ?6 AND final_ms <= ?7))"

/* Every statement the server runs, prepared the first time it is needed. */
#define SQL_MAP(X)                                                                                 \
    X(BEGIN, "BEGIN IMMEDIATE")                                                                    \
    X(COMMIT, "COMMIT")                                                                            \
    X(ROLLBACK, "ROLLBACK")                                                                        \
    X(ACCOUNT_PUT,                                                                                 \
      "INSERT INTO account(realm, key, balance_e8, doc) VALUES (?1, ?2, ?3, ?4)"                   \
      " ON CONFLICT(realm, key) DO UPDATE SET balance_e8 = ?3, doc = ?4 RETURNING id")             \
    X(ACCOUNT_DELETE, "DELETE FROM account WHERE id = ?1")                                         \
    X(ACCOUNT_EACH, "SELECT id, realm, key, balance_e8, doc FROM account ORDER BY id")             \
    X(ACCOUNT_BALANCE, "UPDATE account SET balance_e8 = ?2 WHERE id = ?1")                         \
    X(MESSAGE_ADD,                                                                                 \
      "INSERT INTO message(" SQL_MESSAGE_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"   \
      " ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)")                         \
    X(MESSAGE_GET, "SELECT " SQL_MESSAGE_COLUMNS " FROM message WHERE id = ?1")                    \
    X(MESSAGE_BATCH,                                                                               \
      "SELECT " SQL_MESSAGE_COLUMNS " FROM message WHERE id >= ?1 AND id < ?1 + 512"               \
      " AND batch = ?1 ORDER BY id")                                                               \
    X(MESSAGE_REMOVE_BATCH, "DELETE FROM message WHERE id >= ?1 AND batch = ?1")                   \
    X(MESSAGE_UPDATE,                                                                              \
      "UPDATE message SET flags = ?2, send_ms = ?3, final_ms = ?4, receipt = ?5, err_code = ?6,"   \
      " cost_e8 = ?7 WHERE id = ?1")                                                               \
    X(MESSAGE_LIST, "SELECT " SQL_MESSAGE_COLUMNS " FROM message" SQL_MESSAGE_FILTER               \
                    " ORDER BY id DESC LIMIT ?8")                                                  \
    X(MESSAGE_MATCHING, "SELECT count(*) FROM message" SQL_MESSAGE_FILTER)                         \
    X(MESSAGE_COUNT, "SELECT count(*) FROM message")                                               \
    X(MESSAGE_LAST, "SELECT coalesce(max(id), 0) FROM message")                                    \
    X(MESSAGE_WAITING, "SELECT count(*) FROM message WHERE send_ms > created_ms AND send_ms > ?2"  \
                       " AND (?1 = 0 OR account = ?1) AND flags & 3 = 0")                          \
    X(MESSAGE_TRIM,                                                                                \
      "DELETE FROM message WHERE id IN"                                                            \
      " (SELECT id FROM message WHERE final_ms <= ?1 OR flags & 3 <> 0 ORDER BY id LIMIT ?2)")     \
    X(MESSAGE_CLEAR, "DELETE FROM message")                                                        \
    X(ACCOUNT_CLEAR, "DELETE FROM account")                                                        \
    X(STOP_CLEAR_ALL, "DELETE FROM stop")                                                          \
    X(META_CLEAR, "DELETE FROM meta")                                                              \
    X(STOP_ADD, "INSERT INTO stop(account, number, created_ms) VALUES (?1, ?2, ?3) RETURNING id")  \
    X(STOP_HAS, "SELECT 1 FROM stop WHERE account = ?1 AND number = ?2")                           \
    X(STOP_DELETE, "DELETE FROM stop WHERE account = ?1 AND id = ?2")                              \
    X(STOP_CLEAR, "DELETE FROM stop WHERE account = ?1")                                           \
    X(STOP_LIST, "SELECT id, number, created_ms FROM stop WHERE account = ?1 ORDER BY id")         \
    X(META_SET,                                                                                    \
      "INSERT INTO meta(name, value) VALUES (?1, ?2) ON CONFLICT(name) DO UPDATE SET value = ?2")  \
    X(META_GET, "SELECT value FROM meta WHERE name = ?1")

enum sql_id {
#define SQL_ENUM(name, text) SQL_##name,
    SQL_MAP(SQL_ENUM)
#undef SQL_ENUM
        SQL__COUNT
};

#endif
