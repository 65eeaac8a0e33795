# A single-node Slurm on this machine, with its own folder and ports; sourced. Prints the reason and exits with 77 if impossible.

skip() {
  echo "skipped: $*"
  exit 77
}

[ "$(id -u)" -eq 0 ] || skip "Slurm's daemons need root"
if ! command -v slurmctld >/dev/null || ! command -v munged >/dev/null; then
  command -v apt-get >/dev/null || skip "there is no Slurm, and no apt-get to install it"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends slurm-wlm munge; } \
    >/dev/null 2>&1 || skip "apt-get cannot install slurm-wlm and munge"
fi

slurm=$(mktemp -d)
chmod 755 "$slurm"
mkdir "$slurm/munge" "$slurm/state" "$slurm/spool"
daemons=()
stop_slurm() {
  scancel --user="$(id -un)" 2>/dev/null
  kill "${daemons[@]}" 2>/dev/null
  sleep 2
  kill -KILL "${daemons[@]}" 2>/dev/null
  rm -rf "$slurm"
}

# A free port.
free_port() {
  local port
  while port=$((20000 + RANDOM % 10000)); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  echo $port
}

head -c 1024 /dev/urandom >"$slurm/munge/key"
chmod 400 "$slurm/munge/key"
chown -R munge "$slurm/munge"
setpriv --reuid=munge --regid=munge --clear-groups munged --foreground --key-file="$slurm/munge/key" \
  --socket="$slurm/munge/socket" --pid-file="$slurm/munge/pid" --log-file="$slurm/munge/log" --seed-file="$slurm/munge/seed" \
  >/dev/null 2>&1 &
daemons+=($!)
cores=$(nproc)
export SLURM_CONF=$slurm/slurm.conf
# cred_expire: the minimum wait before a task is restarted.
cat >"$SLURM_CONF" <<CONF
ClusterName=test
SlurmctldHost=$(hostname)(127.0.0.1)
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$slurm/munge/socket,cred_expire=5
CryptoType=crypto/munge
StateSaveLocation=$slurm/state
SlurmdSpoolDir=$slurm/spool
SlurmctldPidFile=$slurm/slurmctld.pid
SlurmdPidFile=$slurm/slurmd.pid
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=batch_sched_delay=1,sched_interval=5,bf_interval=5
ReturnToService=2
MpiDefault=none
KillWait=5
MaxArraySize=${MAX_ARRAY_SIZE:-1001}
NodeName=node1 NodeHostname=$(hostname) NodeAddr=127.0.0.1 CPUs=$cores RealMemory=4000 State=UNKNOWN
PartitionName=main Nodes=node1 Default=YES MaxTime=INFINITE State=UP
CONF

wait_for() {   # SECONDS COMMAND...
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || return 1
    sleep 0.2
  done
}
wait_for 20 test -S "$slurm/munge/socket" || skip "munged does not start: $(tail -n 1 "$slurm/munge/log")"
slurmctld -D >"$slurm/slurmctld.log" 2>&1 &
daemons+=($!)
slurmd -D -N node1 >"$slurm/slurmd.log" 2>&1 &
daemons+=($!)
is_ready() { sinfo --noheader --format=%T | grep -qx idle; }
wait_for 60 is_ready || skip "Slurm does not start: $(tail -n 3 "$slurm/slurmctld.log" "$slurm/slurmd.log")"
