-- Requests of many people on several links, made before the first is sent.
-- Arguments: the file with links and browsers, how many requests, from which visitor on.
local requests, turn, threads = {}, 0, 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

function init(args)
  local data, many, from = dofile(args[1]), tonumber(args[2]), tonumber(args[3])
  for i = 1, many do
    local n = from + (number - 1) * many + i
    local at = 184549376 + n -- 11.0.0.0
    local address = string.format("%d.%d.%d.%d", math.floor(at / 16777216), math.floor(at / 65536) % 256, math.floor(at / 256) % 256, at % 256)
    requests[i] = wrk.format("GET", data.links[n % #data.links + 1], {
      ["X-Forwarded-For"] = address, ["User-Agent"] = data.agents[n * 7 % #data.agents + 1], ["Accept"] = "text/html" })
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format('\n{"requests":%d,"seconds":%f,"p50":%f,"p99":%f,"errors":%d}\n', summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, e.connect + e.read + e.write + e.status + e.timeout))
end
