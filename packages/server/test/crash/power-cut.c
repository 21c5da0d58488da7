/*
 * A disk that loses what was not synced. Preloaded below a process, it keeps beside each file of
 * one folder an image of what the file held when it was last synced: what a disk may still have
 * after a power cut, at worst. The test kills the process and puts the images in the files' place.
 *
 * POWER_CUT_FOLDER names the folder, POWER_CUT_IMAGES the folder of the images. Shared memory
 * (SQLite's -shm) is not followed: it is rebuilt. A file that is unlinked is gone at once.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES_MAX 64
#define DESCRIPTORS_MAX 65536
#define PIECE_BYTES 65536

struct range { off_t from, to; };
struct file { char path[PATH_MAX]; struct range *dirty; size_t count, room; };

static struct file files[FILES_MAX];
static struct file *file_of[DESCRIPTORS_MAX];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) \
  static __typeof__(name) *real; \
  if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

static int open_plainly(const char *path, int flags) {
  static int (*real)(const char *, int, ...);
  if (!real) real = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open64");
  return real(path, flags, 0600);
}

static void image_path(const char *path, char *image) {
  snprintf(image, PATH_MAX, "%s/%s", getenv("POWER_CUT_IMAGES"), strrchr(path, '/') + 1);
}

static int is_followed(const char *path) {
  const char *folder = getenv("POWER_CUT_FOLDER");
  if (!folder || strncmp(path, folder, strlen(folder)) != 0) return 0;
  size_t length = strlen(path);
  return length < 4 || strcmp(path + length - 4, "-shm") != 0;
}

static void opened(int descriptor, const char *path) {
  if (descriptor < 0 || descriptor >= DESCRIPTORS_MAX) return;
  file_of[descriptor] = NULL;
  if (!is_followed(path)) return;
  pthread_mutex_lock(&lock);
  for (int at = 0; at < FILES_MAX; at++) {
    if (files[at].path[0] == 0) snprintf(files[at].path, PATH_MAX, "%s", path);
    if (strcmp(files[at].path, path) != 0) continue;
    file_of[descriptor] = &files[at];
    break;
  }
  if (!file_of[descriptor]) abort();
  pthread_mutex_unlock(&lock);
}

static void written(int descriptor, off_t from, ssize_t bytes) {
  if (bytes <= 0 || descriptor < 0 || descriptor >= DESCRIPTORS_MAX) return;
  struct file *file = file_of[descriptor];
  if (!file) return;
  pthread_mutex_lock(&lock);
  if (file->count == file->room) {
    file->room = file->room ? 2 * file->room : 256;
    file->dirty = realloc(file->dirty, file->room * sizeof *file->dirty);
  }
  file->dirty[file->count++] = (struct range){from, from + bytes};
  pthread_mutex_unlock(&lock);
}

/* What was written since the last sync goes into the image, and its length becomes the file's. */
static void synced(int descriptor) {
  if (descriptor < 0 || descriptor >= DESCRIPTORS_MAX || !file_of[descriptor]) return;
  struct file *file = file_of[descriptor];
  char image[PATH_MAX], piece[PIECE_BYTES];
  struct stat status;
  pthread_mutex_lock(&lock);
  image_path(file->path, image);
  int from = open_plainly(file->path, O_RDONLY), to = open_plainly(image, O_RDWR | O_CREAT);
  if (from < 0 || to < 0 || fstat(from, &status) != 0) abort();
  for (size_t at = 0; at < file->count; at++) {
    for (off_t place = file->dirty[at].from; place < file->dirty[at].to;) {
      size_t left = (size_t)(file->dirty[at].to - place);
      ssize_t bytes = pread(from, piece, left < PIECE_BYTES ? left : PIECE_BYTES, place);
      if (bytes <= 0) break;
      REAL(pwrite);
      if (real(to, piece, (size_t)bytes, place) != bytes) abort();
      place += bytes;
    }
  }
  file->count = 0;
  if (ftruncate(to, status.st_size) != 0) abort();
  close(from);
  close(to);
  pthread_mutex_unlock(&lock);
}

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(name); \
    va_list more; \
    va_start(more, flags); \
    mode_t mode = (flags & O_CREAT) ? va_arg(more, mode_t) : 0; \
    va_end(more); \
    int descriptor = real(path, flags, mode); \
    if (!(flags & O_DIRECTORY)) opened(descriptor, path); \
    return descriptor; \
  }

#define PWRITE(name) \
  ssize_t name(int descriptor, const void *bytes, size_t count, off_t place) { \
    REAL(name); \
    ssize_t done = real(descriptor, bytes, count, place); \
    written(descriptor, place, done); \
    return done; \
  }

#define SYNC(name) \
  int name(int descriptor) { \
    REAL(name); \
    int result = real(descriptor); \
    if (result == 0) synced(descriptor); \
    return result; \
  }

OPEN(open)
OPEN(open64)
PWRITE(pwrite)
PWRITE(pwrite64)
SYNC(fsync)
SYNC(fdatasync)

ssize_t write(int descriptor, const void *bytes, size_t count) {
  REAL(write);
  off_t place = descriptor >= 0 && descriptor < DESCRIPTORS_MAX && file_of[descriptor]
                    ? lseek(descriptor, 0, SEEK_CUR)
                    : 0;
  ssize_t done = real(descriptor, bytes, count);
  written(descriptor, place, done);
  return done;
}

int close(int descriptor) {
  REAL(close);
  if (descriptor >= 0 && descriptor < DESCRIPTORS_MAX) file_of[descriptor] = NULL;
  return real(descriptor);
}

int unlink(const char *path) {
  REAL(unlink);
  int result = real(path);
  if (result == 0 && is_followed(path)) {
    char image[PATH_MAX];
    image_path(path, image);
    real(image);
  }
  return result;
}
