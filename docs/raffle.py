#!/usr/bin/env python3
"""Does the draw of a season again, and checks what was promised: python3 raffle.py https://gaung.example 2"""
import hashlib, hmac, json, sys, urllib.request

base, season = sys.argv[1].rstrip("/"), int(sys.argv[2])
get = lambda path: urllib.request.urlopen(base + "/api/v1/raffles" + path).read()
raffle = next(r for r in json.loads(get(""))["items"] if r["season"] == season)
listed = get(f"/{season}/numbers")
entries = listed.decode().split()
assert entries == sorted(set(entries)) and len(entries) == raffle["entries"], "the list is not in order"
assert hashlib.sha256(listed).hexdigest() == raffle["list_hash"], "the list is not the one that was fixed"
for draw in reversed(raffle["draws"]):
    link = bytes.fromhex(draw["secret"])
    for _ in range(draw["version"]):
        link = hashlib.sha256(link).digest()
    assert link.hex() == raffle["commitment"], "the secret is not the one that was promised"
    said = f"gaung-undian-1\n{season}\n{draw['secret']}\n{draw['value']}\n{raffle['list_hash']}\n"
    seed, counter, left = hashlib.sha256(said.encode()).digest(), 0, list(entries)
    winners = min(raffle["winners"], len(left))
    for first in range(winners):
        remain = len(left) - first
        while True:  # the last, shorter round of 2^64 is passed over, so that every number has the same chance
            x = int.from_bytes(hmac.digest(seed, str(counter).encode(), "sha256")[:8], "big")
            counter += 1
            if x < 2**64 - 2**64 % remain:
                break
        chosen = first + x % remain
        left[first], left[chosen] = left[chosen], left[first]
    assert left[:winners] == draw["numbers"], "the draw is another"
    print(f"version {draw['version']}: {len(entries)} entries, {winners} drawn, all as published")
