CREATE TABLE message (body TEXT DEFAULT '"quoted"\ ??/ café');

-- no newline at the end: tab	here