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
/// bytes; run once, in a blocking job, which owns the room from then on; what it answers with
/// belongs to whoever gets the answer.
///
/// Few bytes are copied and looked at: a disk that reads wrong serves nobody. Many go from the file
/// to the socket by themselves, and it is for their reader to look at them; their file stays open,
/// and so readable whatever becomes of its name, until they are released.
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

    /// Searches and reads.
    public Result<Answer> run() {
        Window window = window();
        try (OpenFiles files = new OpenFiles(lookup.recent(), window)) {
            Result<Answer> answer =
                    switch (lookup.run(files)) {
                        case Result.Failed<Lookup.Answer>(Fault fault) ->
                                new Result.Failed<>(fault);
                        case Result.Ok<Lookup.Answer>(Lookup.Answer.Bytes found) ->
                                bring(files, window, found);
                        case Result.Ok<Lookup.Answer>(Lookup.Answer found) ->
                                new Result.Ok<>(new Answer.Empty(found));
                    };
            if (room != null && !isUsed(answer)) {
                room.release();
            }
            return answer;
        }
    }

    /// The search looks through the room itself, so that few bytes come with the headers that were
    /// looked for.
    private Window window() {
        return new Window(
                room == null ? ByteBuffer.allocate(OpenFiles.WINDOW_BYTES) : room.buffer());
    }

    private static boolean isUsed(Result<Answer> answer) {
        return answer instanceof Result.Ok<Answer>(Answer.Bytes(Region region, var _))
                && region instanceof MemoryRegion;
    }

    private Result<Answer> bring(OpenFiles files, Window window, Lookup.Answer.Bytes found) {
        HeldFile file = files.take(found.file());
        if (room == null || found.bytes() > room.roomBytes()) {
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
