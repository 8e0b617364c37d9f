#!/usr/bin/env python3
"""An endpoint that was down comes back to what waited: python3 bench/recovery.py JAR [WAITING] [SECONDS].

Starts the server of JAR with an endpoint that refuses connections, reports WAITING calls, then lets the endpoint take 16
requests of 10 ms at a time and answer 429 to more. Prints for each second what it took and refused, and how late events
were that were reported meanwhile, for it and for another endpoint.
"""
import asyncio, json, os, subprocess, sys, tempfile, time, urllib.request

KEY = "rp_sk_recoveryrecoveryrecoveryrecoveryreco"
CAPACITY, TAKES = 16, 0.010
busy, taken, refused, most = 0, 0, 0, 0
late = {"sick": [], "other": []}


async def serve(reader, writer, name):
    global busy, taken, refused, most
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
            body = json.loads(await reader.readexactly(length))
            arrived, status = time.time(), b"204 No Content"
            if name == "sick":
                if busy >= CAPACITY:
                    status, refused = b"429 Too Many Requests", refused + 1
                else:
                    busy += 1
                    most = max(most, busy)
                    await asyncio.sleep(TAKES)
                    busy -= 1
                    taken += 1
            fired = body["metadata"].get("fired")
            if fired and status.startswith(b"2"):
                late[name].append(1000 * (arrived - fired))
            writer.write(b"HTTP/1.1 " + status + (b"\r\n\r\n" if status.startswith(b"2") else b"\r\ncontent-length: 0\r\n\r\n"))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


def post(port, path, value):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", json.dumps(value).encode(), {
        "authorization": "Bearer " + KEY, "content-type": "application/json"})
    return json.load(urllib.request.urlopen(request, timeout=60))


def report(number, agent, metadata):
    return {"type": "connected", "external_id": f"c-{number}", "call": {
        "agent_id": agent, "type": "inbound", "from_number": "+49305550", "to_number": "+49305551", "metadata": metadata}}


def quantile(values, part):
    return sorted(values)[int(part * (len(values) - 1))] if values else float("nan")


async def main():
    global taken, refused
    jar, waiting = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    seconds = int(sys.argv[3]) if len(sys.argv) > 3 else 60
    other = await asyncio.start_server(lambda r, w: serve(r, w, "other"), "127.0.0.1", 0)
    spare = await asyncio.start_server(lambda r, w: serve(r, w, "sick"), "127.0.0.1", 0)
    sick_port, other_port = spare.sockets[0].getsockname()[1], other.sockets[0].getsockname()[1]
    spare.close()
    folder = tempfile.mkdtemp(prefix="ringpost-recovery-")
    port = 18099
    java = os.path.join(os.environ["JAVA_HOME"], "bin", "java")
    server = subprocess.Popen([java, "-XX:+UseSerialGC", "-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-jar", jar, "serve",
        "--port", str(port), "--data", folder, "--bootstrap-key", KEY, "--allow-private-targets"], stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL)
    try:
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5)
                break
            except OSError:
                await asyncio.sleep(0.2)
        hook = await asyncio.to_thread(post, port, "/v1/webhooks", {
            "url": f"http://127.0.0.1:{sick_port}/", "events": ["call.started"], "agent_ids": ["sick"]})
        await asyncio.to_thread(post, port, "/v1/webhooks", {
            "url": f"http://127.0.0.1:{other_port}/", "events": ["call.started"], "agent_ids": ["other"]})
        for first in range(0, waiting, 1000):
            await asyncio.to_thread(post, port, "/v1/reports", [report(n, "sick", {}) for n in range(first, min(first + 1000, waiting))])
        print(f"{waiting} wait; the endpoint is back")
        await asyncio.start_server(lambda r, w: serve(r, w, "sick"), "127.0.0.1", sick_port)
        print("second  taken  429  new: p50 ms  max ms  other: p50 ms  max ms")
        number, came_back = waiting, None
        second = 0
        while second < seconds and taken < waiting * 100:
            end, before = time.time() + 1, (taken, refused)
            late["sick"].clear(), late["other"].clear()
            while time.time() < end:
                for agent in ("sick", "other"):
                    number += 1
                    await asyncio.to_thread(post, port, "/v1/reports", report(number, agent, {"fired": time.time()}))
                await asyncio.sleep(0.05)
            took = taken - before[0]
            if came_back is None and took == 0:
                continue
            came_back, second = True, second + 1
            print(f"{second:6} {took:6} {refused - before[1]:4} {quantile(late['sick'], .5):11.1f} {quantile(late['sick'], 1):7.1f}"
                  f" {quantile(late['other'], .5):14.1f} {quantile(late['other'], 1):7.1f}", flush=True)
        print(f"at most {most} at once; taken {taken}, refused {refused}")
    finally:
        server.terminate()
        server.wait()


asyncio.run(main())
