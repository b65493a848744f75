# Sourced by the other scripts: where things lie, words to the terminal, packages of the system, processes that end
# together with the script that started them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
python="$root/.venv/bin/python"

say() { printf '→ %s\n' "$*"; }
die() { printf '✗ %s\n' "$*" >&2; exit 1; }

# The value of a variable: from the environment, otherwise from .env as settings.py would read it.
setting() {
  local value="${!1:-}"
  if [ -z "$value" ] && [ -f .env ]; then value=$(sed -nE "s/^(export )?$1=['\"]?([^'\"]*)['\"]?$/\2/p" .env | tail -n 1); fi
  printf '%s' "$value"
}

var=$(setting DANVAN_VAR)
var=$(realpath -ms "${var:-var}")
[ -d "$var" ] || mkdir -p -m 700 "$var"

is_production() { case "$(setting DANVAN_PRODUCTION)" in '' | 0 | false | False | no | off) return 1 ;; esac; }

# quietly NAME COMMAND...: keeps the command's words in a file; if it fails, shows the last of them without addresses.
quietly() {
  local log="$var/log/$1.log"
  shift
  mkdir -p "$var/log"
  if "$@" >"$log" 2>&1 </dev/null; then return; fi
  tail -n 25 "$log" | sed -E 's#[a-z+]+://[^ ]+#(địa chỉ)#g' >&2
  die "Bước này không xong; toàn bộ thông báo nằm ở $log"
}

# install_packages PACKAGE...: through apt, as root or with a sudo that asks nothing; otherwise one line that names them.
install_packages() {
  local as_root=()
  if ! command -v apt-get >/dev/null; then die "Máy này thiếu: $*. Hãy cài các gói tương ứng rồi chạy lại."; fi
  if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || die "Thiếu gói hệ thống và không có quyền cài. Hãy chạy: sudo apt-get install $*"
    as_root=(sudo -n)
  fi
  say "Cài gói hệ thống: $*"
  quietly apt-update "${as_root[@]}" apt-get update
  quietly apt-install "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

# A throw-away or demo place shares the fetched front-end parts with the main one.
share_parts() {
  mkdir -p -m 700 "$1"
  ln -sfn "$var/assets" "$1/assets"
  ln -sfn "$var/static" "$1/static"
}

is_listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# wait_until SECONDS COMMAND...
wait_until() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ $SECONDS -lt $end ] || return 1
    sleep 0.1
  done
}

# start COMMAND...: in the background, in a process group of its own, ending even if this script is killed with -9.
children=()
start() {
  set -m
  setpriv --pdeathsig TERM "$@" </dev/null &
  set +m
  children+=("$!")
}

# The child started last: waits for its end and answers with its exit code.
wait_for_last() {
  local code=0
  wait "${children[-1]}" || code=$?
  unset 'children[-1]'
  return "$code"
}

is_any_left() {
  local child
  for child in "${children[@]}"; do if kill -0 -- "-$child" 2>/dev/null; then return 0; fi; done
  return 1
}

is_none_left() { ! is_any_left; }

# Asks every child to end (only the child: it ends its own processes in good order), waits, then insists on all of them.
stop_all() {
  local child
  for child in "${children[@]}"; do kill -TERM "$child" 2>/dev/null || true; done
  if ! wait_until 10 is_none_left; then
    for child in "${children[@]}"; do kill -KILL -- "-$child" 2>/dev/null || true; done
  fi
  children=()
}
