-- A different question in every request, by the door and to the model that the environment names.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local door, model = os.getenv("DOOR"), os.getenv("MODEL")
local system = "You are a helpful assistant that answers briefly."
local head, path
if door == "messages" then
  path = "/v1/messages"
  head = '{"model":"' .. model .. '","max_tokens":256,"temperature":0,"system":"' .. system .. '","messages":[{"role":"user","content":"Question '
else
  path = "/v1/chat/completions"
  head = '{"model":"' .. model .. '","temperature":0,"messages":[{"role":"system","content":"' .. system .. '"},{"role":"user","content":"Question '
end
local tail = ': explain in one paragraph why a gateway should record every call before it acknowledges it, and what it costs in latency when a group commit is used."}]}'
local n = 0
local salt = os.time()
request = function()
  n = n + 1
  return wrk.format(nil, path, nil, head .. salt .. "-" .. n .. tail)
end
