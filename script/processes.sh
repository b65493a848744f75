# Sourced after lib.sh: the three programs of which the running portal consists. Their words go to $logs.
logs="$var/log"

port_is_free() {
  case "$1" in '' | *[!0-9]*) die "Cổng phải là một số, ví dụ: --port 8001" ;; esac
  if is_listening "$1"; then die "Cổng $1 đang có chương trình khác dùng. Hãy chọn cổng khác, ví dụ: --port $(($1 + 1))"; fi
}

ends_with_children() {
  mkdir -p "$logs"
  trap stop_all EXIT
  trap 'exit 130' INT TERM HUP
}

celery() { start "$python" -m celery -A danvan "$@" --loglevel WARNING; }

start_worker() {
  celery worker --concurrency 1 --without-gossip --without-mingle --without-heartbeat >>"$logs/worker.log" 2>&1
}

start_beat() { celery beat >>"$logs/beat.log" 2>&1; }

# start_web PORT
start_web() {
  start "$python" -m gunicorn danvan.wsgi --bind "127.0.0.1:$1" --workers 2 --threads 4 --no-control-socket \
    >>"$logs/web.log" 2>&1
  wait_until 30 is_listening "$1" || die "Trang web không khởi động được; xem $logs/web.log"
}

# Sleeps until Ctrl-C, or until one of the programs ends by itself.
wait_for_trouble() {
  wait -n "${children[@]}" || true
  die "Một chương trình đã dừng ngoài ý muốn; xem $logs"
}
