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

/* Sandbox messages only from ?5 on. */
#define SQL_TAG_FILTER                                                                             \
    " WHERE account = ?1 AND provider = ?2 AND kind <> ?3 AND tag = ?4"                            \
    " AND (flags & 1 = 0 OR created_ms >= ?5)"

#define SQL_SUBACCOUNT_COLUMNS "id, account, parent, type, title, is_buyer, created_ms"
#define SQL_GROUP_COLUMNS      "id, name, created_ms"
#define SQL_CONTACT_COLUMNS                                                                        \
    "id, account, grp, created_ms, number, firstname, lastname, date, short_url, url, custom1,"    \
    " custom2, custom3, custom4"
#define SQL_RENTAL_COLUMNS                                                                         \
    "id, account, sex, min_age, max_age, department, zipcode, interest, sub_interest, category,"   \
    " volumes, quantity, cost_e8, url, created_ms, ready_ms, fate, downloaded"

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
    X(MESSAGE_TO, "SELECT " SQL_MESSAGE_COLUMNS " FROM message WHERE id >= ?1 AND id < ?1 + 512"   \
                  " AND batch = ?1 AND recipient = ?2 ORDER BY id LIMIT 1")                        \
    X(MESSAGE_TAGGED, "SELECT " SQL_MESSAGE_COLUMNS " FROM message" SQL_TAG_FILTER                 \
                      " ORDER BY id LIMIT ?6 OFFSET ?7")                                           \
    X(MESSAGE_TAGGED_COUNT, "SELECT count(*) FROM message" SQL_TAG_FILTER)                         \
    X(MESSAGE_COSTS,                                                                               \
      "SELECT created_ms, cost_e8, parts FROM message WHERE account = ?1 AND provider = ?2"        \
      " AND kind <> ?3 AND flags & 3 = 0 AND created_ms >= ?4 AND created_ms < ?5")                \
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
                       " AND (?1 = 0 OR account = ?1) AND flags & 3 = 0 AND kind = ?3")            \
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
    X(UNSUBSCRIBE_ADD,                                                                             \
      "INSERT INTO unsubscribe(account, email, created_ms) VALUES (?1, ?2, ?3) RETURNING id")      \
    X(UNSUBSCRIBE_HAS, "SELECT 1 FROM unsubscribe WHERE account = ?1 AND email = ?2")              \
    X(UNSUBSCRIBE_DELETE, "DELETE FROM unsubscribe WHERE account = ?1 AND id = ?2")                \
    X(UNSUBSCRIBE_CLEAR, "DELETE FROM unsubscribe WHERE account = ?1")                             \
    X(UNSUBSCRIBE_CLEAR_ALL, "DELETE FROM unsubscribe")                                            \
    X(UNSUBSCRIBE_LIST,                                                                            \
      "SELECT id, email, created_ms FROM unsubscribe WHERE account = ?1 ORDER BY id")              \
    X(AUDIO_NAME_SET, "INSERT INTO audio_name(account, token, name) VALUES (?1, ?2, ?3)"           \
                      " ON CONFLICT(account, token) DO UPDATE SET name = ?3")                      \
    X(AUDIO_NAME_GET, "SELECT name FROM audio_name WHERE account = ?1 AND token = ?2")             \
    X(AUDIO_NAME_CLEAR, "DELETE FROM audio_name WHERE account = ?1")                               \
    X(AUDIO_NAME_CLEAR_ALL, "DELETE FROM audio_name")                                              \
    X(SUBACCOUNT_ADD,                                                                              \
      "INSERT INTO subaccount(" SQL_SUBACCOUNT_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")    \
    X(SUBACCOUNT_GET, "SELECT " SQL_SUBACCOUNT_COLUMNS " FROM subaccount WHERE id = ?1")           \
    X(SUBACCOUNT_OF, "SELECT " SQL_SUBACCOUNT_COLUMNS " FROM subaccount WHERE account = ?1")       \
    X(SUBACCOUNT_LIST, "SELECT " SQL_SUBACCOUNT_COLUMNS " FROM subaccount WHERE parent = ?1"       \
                       " ORDER BY id LIMIT ?2 OFFSET ?3")                                          \
    X(SUBACCOUNT_COUNT, "SELECT count(*) FROM subaccount WHERE parent = ?1")                       \
    X(SUBACCOUNT_CLEAR, "DELETE FROM subaccount WHERE account = ?1 OR parent = ?1")                \
    X(SUBACCOUNT_CLEAR_ALL, "DELETE FROM subaccount")                                              \
    X(GROUP_ADD,                                                                                   \
      "INSERT INTO contact_group(id, account, name, created_ms) VALUES (?1, ?2, ?3, ?4)")          \
    X(GROUP_GET, "SELECT " SQL_GROUP_COLUMNS " FROM contact_group WHERE id = ?2 AND account = ?1") \
    X(GROUP_LIST,                                                                                  \
      "SELECT " SQL_GROUP_COLUMNS " FROM contact_group WHERE account = ?1 ORDER BY id")            \
    X(GROUP_DELETE, "DELETE FROM contact_group WHERE id = ?2 AND account = ?1")                    \
    X(GROUP_CLEAR, "DELETE FROM contact_group WHERE account = ?1")                                 \
    X(GROUP_CLEAR_ALL, "DELETE FROM contact_group")                                                \
    X(CONTACT_ADD,                                                                                 \
      "INSERT INTO contact(" SQL_CONTACT_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"   \
      " ?10, ?11, ?12, ?13, ?14)")                                                                 \
    X(CONTACT_UPDATE,                                                                              \
      "UPDATE contact SET number = ?5, firstname = ?6, lastname = ?7, date = ?8, short_url = ?9,"  \
      " url = ?10, custom1 = ?11, custom2 = ?12, custom3 = ?13, custom4 = ?14 WHERE id = ?1")      \
    X(CONTACT_GET, "SELECT " SQL_CONTACT_COLUMNS " FROM contact WHERE id = ?2 AND account = ?1")   \
    X(CONTACT_LIST, "SELECT " SQL_CONTACT_COLUMNS " FROM contact WHERE grp = ?2 AND account = ?1"  \
                    " ORDER BY id LIMIT ?3 OFFSET ?4")                                             \
    X(CONTACT_COUNT, "SELECT count(*) FROM contact WHERE account = ?1 AND (?2 = 0 OR grp = ?2)")   \
    X(CONTACT_DELETE, "DELETE FROM contact WHERE id = ?2 AND account = ?1")                        \
    X(CONTACT_DELETE_GROUP, "DELETE FROM contact WHERE grp = ?2 AND account = ?1")                 \
    X(CONTACT_CLEAR, "DELETE FROM contact WHERE account = ?1")                                     \
    X(CONTACT_CLEAR_ALL, "DELETE FROM contact")                                                    \
    X(CALLFORWARD_SET,                                                                             \
      "INSERT INTO callforward(account, number, type, param) VALUES (?1, ?2, ?3, ?4)"              \
      " ON CONFLICT(account, number) DO UPDATE SET type = ?3, param = ?4")                         \
    X(CALLFORWARD_GET, "SELECT type FROM callforward WHERE account = ?1 AND number = ?2")          \
    X(CALLFORWARD_CLEAR, "DELETE FROM callforward WHERE account = ?1")                             \
    X(CALLFORWARD_CLEAR_ALL, "DELETE FROM callforward")                                            \
    X(RENTAL_ADD,                                                                                  \
      "INSERT INTO rental(" SQL_RENTAL_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"     \
      " ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)")                                             \
    X(RENTAL_GET, "SELECT " SQL_RENTAL_COLUMNS " FROM rental WHERE id = ?1")                       \
    X(RENTAL_COUNT, "SELECT count(*) FROM rental WHERE account = ?1")                              \
    X(RENTAL_DOWNLOADED, "UPDATE rental SET downloaded = 1 WHERE id = ?1")                         \
    X(RENTAL_REFUND_NEXT, "SELECT " SQL_RENTAL_COLUMNS " FROM rental WHERE fate = 1"               \
                          " ORDER BY ready_ms, id LIMIT 1")                                        \
    X(RENTAL_REFUNDED, "UPDATE rental SET fate = 2 WHERE id = ?1")                                 \
    X(RENTAL_CLEAR, "DELETE FROM rental WHERE account = ?1")                                       \
    X(RENTAL_CLEAR_ALL, "DELETE FROM rental")                                                      \
    X(META_SET,                                                                                    \
      "INSERT INTO meta(name, value) VALUES (?1, ?2) ON CONFLICT(name) DO UPDATE SET value = ?2")  \
    X(META_NEXT, "INSERT INTO meta(name, value) VALUES (?1, 1)"                                    \
                 " ON CONFLICT(name) DO UPDATE SET value = value + 1 RETURNING value")             \
    X(META_GET, "SELECT value FROM meta WHERE name = ?1")

enum sql_id {
#define SQL_ENUM(name, text) SQL_##name,
    SQL_MAP(SQL_ENUM)
#undef SQL_ENUM
        SQL__COUNT
};

#endif
