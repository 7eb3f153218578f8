#!/bin/sh
# Runs one program in a room without a network and without a single file of ours or of anybody:
#   unshare --net --mount ... sh office_jail.sh ROOT WORK MEMORY_KB SECONDS [USER:GROUP] -- PROGRAM ...
# ROOT is an empty folder; WORK becomes /work, the only place that can be written besides /tmp.
set -eu
root=$1 work=$2 memory=$3 seconds=$4 user=$5
shift 5

mount -t tmpfs -o size=512m,mode=755 tmpfs "$root"
cd "$root"
mkdir -p usr etc dev proc tmp work old var/tmp
mount --rbind /usr usr
mount -o remount,bind,ro usr 2>/dev/null || true
for name in bin sbin lib lib64; do
  if [ -L "/$name" ]; then ln -s "usr/$name" "$name"
  elif [ -d "/$name" ]; then mkdir "$name"; mount --rbind "/$name" "$name"; fi
done
[ ! -d /opt ] || { mkdir opt; mount --rbind /opt opt; }
# Of /etc only what fonts, libraries and the office programs need.
for name in fonts libreoffice alternatives; do
  [ ! -d "/etc/$name" ] || { mkdir "etc/$name"; mount --rbind "/etc/$name" "etc/$name"; }
done
[ ! -f /etc/ld.so.cache ] || cp /etc/ld.so.cache etc/
echo 'worker:x:65534:65534::/work:/bin/sh' > etc/passwd
for name in null zero random urandom; do
  : > "dev/$name"
  mount --bind "/dev/$name" "dev/$name"
done
# A pid namespace of its own is a nicety; where the kernel refuses, nothing depends on it.
mount -t proc proc proc 2>/dev/null || true
mount --bind "$work" work
chmod 1777 tmp var/tmp

ulimit -v "$memory"
ulimit -t "$seconds"
ulimit -f 400000
ulimit -c 0
pivot_root . old
umount -l /old
if [ -n "$user" ]; then exec chroot --userspec="$user" / "$@"; fi
exec "$@"
