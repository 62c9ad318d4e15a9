#!/bin/bash
# prepare.sh - makes the appliance's site in $W/appliance once: one provider, the mock upstream; a route for each
# model that the load asks for; one API key with limits and a budget, whose header is left in
# $W/appliance/authorization. RECEIPTS=always has each answer signed, as it is shipped.
# Needs the packaged server: mvn -DskipTests package -pl appliance-server/server -am
set -eu
S=$W/appliance; N="$B/peers/appliance/neural-router"
# Receipts as asked for, room for more streams at once than a site has by default, and no backup while it is measured.
settings() {
  sed -i -e "s/^\( *receipts:\).*/\1 ${RECEIPTS:-never}/" -e 's/^\( *concurrent-requests:\) .*/\1 12000/' \
    -e '/^backup:/,/^[a-z]/s/^\( *every:\) .*/\1 0s/' "$S/site/appliance.yaml"
}
[ -f "$S/authorization" ] && { settings; exit 0; }
rm -rf "$S" && mkdir -p "$S"

"$N" init --site "$S/site" --name bench --host localhost --host 127.0.0.1 --bind 127.0.0.1 \
  --inference-port 9480 --admin-port 9481 --enrolment-port 9482 >&2
{
  echo 'apiVersion: neural-router/v1'
  echo 'providers: [{name: mock, kind: openai, baseUrl: "http://127.0.0.1:9100/v1"}]'
  echo 'workspaces: [{name: bench, credentials: [{provider: mock, secret: {env: MOCK_SECRET}}], apiKeys: [{name: rig, limits: {requestsPerMinute: 50000000, tokensPerMinute: 1000000000, concurrentRequests: 50000}, budgets: [{name: day, per: day, tokens: 1000000000000}]}]}]'
  echo 'routes:'
  i=0
  for model in mock-large mock+n20+d10 mock+n50+d20 mock+n4+d2500 mock+n4+d15000; do
    i=$((i + 1))
    echo "  - {name: route-$i, model: $model, workspaces: [bench], upstreams: [{provider: mock}]}"
  done
} > "$S/site.yaml"

"$N" serve --site "$S/site" > "$S/prepare.log" 2>&1 & pid=$!
trap 'kill $pid 2>/dev/null; wait $pid 2>/dev/null || true' EXIT
until grep -q 'the appliance serves' "$S/prepare.log"; do
  kill -0 $pid 2>/dev/null || { cat "$S/prepare.log" >&2; exit 1; }
  sleep .2
done
MOCK_SECRET=sk-upstream-secret "$N" apply --site "$S/site" -f "$S/site.yaml" --yes --keys-to "$S/keys.json" >&2
echo "Bearer $(jq -r '.keys[0].key' "$S/keys.json")" > "$S/authorization.new"
chmod 600 "$S/authorization.new" && mv "$S/authorization.new" "$S/authorization"
settings
