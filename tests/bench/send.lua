-- For wrk: full send requests, each with a text of its own.
--   wrk -s send.lua URL -- PROVIDER TAG [check]
-- With "check" every answer is read and counted by what it says; that costs wrk so much that the
-- measured runs do without.

local senders = {
    nexmo = {
        path = "/nexmo/sms/json",
        head = '{"api_key":"mockd001","api_secret":"mockdSecret1","from":"Acme","to":"447700900000","text":"',
        accepted = '"status"%s*:%s*"0"',
        id = '"message%-id"%s*:%s*"([^"]+)"',
    },
    smspartner = {
        path = "/smspartner/v1/send",
        head = '{"apiKey":"mockd-key","phoneNumbers":"+33639985555","sender":"Acme","gamme":1,"message":"',
        accepted = '"success"%s*:%s*true',
        id = '"message_id"%s*:%s*(%d+)',
    },
}

local threads = {}

function setup(thread)
    table.insert(threads, thread)
end

function init(args)
    local sender = senders[args[1]]
    local text = "bench " .. args[2] .. " "
    -- The counter has a fixed width, so that all but its digits can be made once.
    local length = #sender.head + #text + 9 + 2
    before = "POST " .. sender.path .. " HTTP/1.1\r\nHost: 127.0.0.1\r\n" ..
        "Content-Type: application/json\r\nContent-Length: " .. length .. "\r\n\r\n" ..
        sender.head .. text
    sent = 0
    answered, accepted, distinct = 0, 0, 0
    first_refused = ""
    if args[3] == "check" then
        local seen = {}
        -- Only defined when wanted: its being there is what makes wrk copy every answer.
        response = function(status, _, body)
            answered = answered + 1
            if status ~= 200 or not body:find(sender.accepted) then
                if first_refused == "" then
                    first_refused = status .. " " .. body:gsub("%s+", " ")
                end
                return
            end
            accepted = accepted + 1
            local id = body:match(sender.id)
            if id and not seen[id] then
                seen[id] = true
                distinct = distinct + 1
            end
        end
    end
end

function request()
    sent = sent + 1
    return before .. string.format("%09d", sent) .. '"}'
end

-- One line of name=value pairs, which bench.sh reads.
function done(summary, latency, _)
    local e = summary.errors
    local thread = threads[1]
    io.write(string.format(
        "\nresult rps=%.0f p50_us=%d p99_us=%d requests=%d bad_status=%d socket_errors=%d " ..
        "answered=%d accepted=%d distinct=%d\n",
        summary.requests / (summary.duration / 1e6), latency:percentile(50), latency:percentile(99),
        summary.requests, e.status, e.connect + e.read + e.write + e.timeout,
        thread:get("answered"), thread:get("accepted"), thread:get("distinct")))
    if thread:get("first_refused") ~= "" then
        io.write("refused ", thread:get("first_refused"), "\n")
    end
end
