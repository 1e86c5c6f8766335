package hallows.log;

import hallows.runtime.Buffers;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.FileRegion;
import hallows.runtime.Home;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Region;
import hallows.runtime.Result;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Brings the bytes of a read, ready for a link. Made on the shard, which lends it room for few
/// bytes; run once, in a blocking job, which owns the room from then on, unless the shard had all
/// at hand ([#runNow]); what it answers with belongs to whoever gets the answer.
///
/// Few bytes are copied and looked at: a disk that reads wrong serves nobody. Many go from the file
/// to the socket by themselves, and it is for their reader to look at them; their file stays open,
/// and so readable whatever becomes of its name, until they are released. The job has them read
/// into the host's memory first, because the shard that sends them waits for nothing.
public final class Reading {
    /// Up to here bytes are copied. As `./hallows bench log` measured it, a copy and a write take
    /// 0.71 of what a call takes that sends from the file for 1 KiB, 0.81 for 2, 0.96 for 4, and
    /// for 8 KiB 1.24.
    static final int COPY_BYTES_MAX = 4 << 10;

    private final Lookup lookup;
    private final Home home;
    private final @Nullable MemoryRegion room;

    private Reading(Lookup lookup, Home home, @Nullable MemoryRegion room) {
        this.lookup = lookup;
        this.home = home;
        this.room = room;
    }

    /// For what is looked up, with memory of the shard that is its home. When there is none all
    /// goes by the file.
    public static Reading of(Lookup lookup, Home home, Buffers buffers) {
        return new Reading(lookup, home, buffers.allocate(COPY_BYTES_MAX));
    }

    /// What a read brings.
    public sealed interface Answer {
        /// Bytes; they may end within a batch, and even within the first.
        ///
        /// @param region the bytes
        /// @param found what they are
        record Bytes(Region region, Lookup.Answer.Bytes found) implements Answer {}

        /// No bytes.
        ///
        /// @param found why: there are none, or a file was removed meanwhile
        record Empty(Lookup.Answer found) implements Answer {}
    }

    /// Searches and reads on the shard, where nothing of it waits for a disk; null where something
    /// would or goes wrong: then [#run] is to do it.
    public @Nullable Answer runNow() {
        Window window = Window.atHand(view());
        try (OpenFiles files = OpenFiles.atHand(lookup.recent(), window)) {
            Answer answer =
                    switch (lookup.run(files)) {
                        case Result.Ok<Lookup.Answer>(Lookup.Answer.Bytes found) ->
                                isInMemory(files.opened(found.file()).file(), found)
                                                && bring(files, window, found)
                                                        instanceof Result.Ok<Answer>(Answer brought)
                                        ? brought
                                        : null;
                        case Result.Ok<Lookup.Answer>(Lookup.Answer.Nothing nothing) ->
                                new Answer.Empty(nothing);
                        case Result.Ok<Lookup.Answer>(Lookup.Answer.Gone _),
                                Result.Failed<Lookup.Answer> _ ->
                                null;
                    };
            if (answer != null && !isRoom(answer)) {
                giveRoomBack();
            }
            return answer;
        }
    }

    /// Searches and reads.
    public Result<Answer> run() {
        Window window = new Window(view());
        try (OpenFiles files = new OpenFiles(lookup.recent(), window)) {
            Result<Answer> answer =
                    switch (lookup.run(files)) {
                        case Result.Failed<Lookup.Answer>(Fault fault) ->
                                new Result.Failed<>(fault);
                        case Result.Ok<Lookup.Answer>(Lookup.Answer.Bytes found) -> {
                            readIn(files.opened(found.file()).file(), found);
                            yield bring(files, window, found);
                        }
                        case Result.Ok<Lookup.Answer>(Lookup.Answer found) ->
                                new Result.Ok<>(new Answer.Empty(found));
                    };
            if (!(answer instanceof Result.Ok<Answer>(Answer brought) && isRoom(brought))) {
                giveRoomBack();
            }
            return answer;
        }
    }

    /// The search looks through the room itself, so that few bytes come with the headers that were
    /// looked for.
    private ByteBuffer view() {
        return room == null
                ? ByteBuffer.allocate(OpenFiles.WINDOW_BYTES)
                : room.trim(room.roomBytes()).buffer();
    }

    private static boolean isInMemory(DiskFile file, Lookup.Answer.Bytes found) {
        return file.isInMemory(found.position(), found.bytes());
    }

    /// Has the host read what is to be sent and is not in its memory. What goes wrong with that
    /// shows when it is sent.
    private void readIn(DiskFile file, Lookup.Answer.Bytes found) {
        if (isCopied(found) || isInMemory(file, found)) {
            return;
        }
        ByteBuffer part = ByteBuffer.allocate(OpenFiles.WINDOW_BYTES);
        long end = found.position() + (long) found.bytes();
        for (long at = found.position(); at < end; at += part.capacity()) {
            if (file.read(at, part.clear()) instanceof Result.Failed) {
                return;
            }
        }
    }

    private boolean isCopied(Lookup.Answer.Bytes found) {
        return room != null && found.bytes() <= room.roomBytes();
    }

    private boolean isRoom(Answer answer) {
        return answer instanceof Answer.Bytes(Region region, var _) && region == room;
    }

    private void giveRoomBack() {
        if (room != null) {
            room.release();
        }
    }

    private Result<Answer> bring(OpenFiles files, Window window, Lookup.Answer.Bytes found) {
        HeldFile file = files.take(found.file());
        if (room == null || !isCopied(found)) {
            return new Result.Ok<>(new Answer.Bytes(byFile(file, home, found), found));
        }
        Result<Answer> copied = copy(file.file(), window, found, room);
        file.letGo();
        return copied;
    }

    /// A range of a file that somebody holds for it.
    static FileRegion byFile(HeldFile file, Home home, Lookup.Answer.Bytes found) {
        FileRegion.Range range = new FileRegion.Range(file.file(), found.position(), found.bytes());
        return new FileRegion(home, _ -> file.letGo(), range);
    }

    private Result<Answer> copy(
            DiskFile file, Window window, Lookup.Answer.Bytes found, MemoryRegion copy) {
        ByteBuffer bytes = copy.trim(found.bytes()).buffer();
        int shown = Math.min(window.shownOf(file, found.position()), found.bytes());
        if (shown > 0) {
            bytes.put(0, window.bytes(), window.at(found.position()), shown);
        }
        if (file.read(found.position() + shown, bytes.position(shown))
                instanceof Result.Failed<Integer>(Fault fault)) {
            return new Result.Failed<>(fault);
        }
        boolean sound =
                !bytes.hasRemaining()
                        && new SoundBytes(bytes.flip(), lookup.question().bound()).areAfter(found);
        return sound
                ? new Result.Ok<>(new Answer.Bytes(copy, found))
                : Result.failed(
                        Fault.Kind.DAMAGED,
                        "%s holds no sound batches from %d to %d"
                                .formatted(
                                        found.file(),
                                        found.position(),
                                        found.position() + found.bytes()));
    }
}
