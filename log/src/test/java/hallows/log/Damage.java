package hallows.log;

import hallows.log.LogFileName.Kind;
import hallows.model.BatchView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/// What may happen to the files of a log between its end and its beginning, as far as Kafka makes
/// the best of it.
final class Damage {
    private final Random random;
    private final Path place;
    private final Opening.Known known;
    private final TreeSet<Long> bases = new TreeSet<>();
    private final TreeSet<Long> flipped = new TreeSet<>();
    private final TreeSet<Long> unindexed = new TreeSet<>();
    private long recoveredFrom;
    private boolean sealedIndexes;
    private boolean forgetful;

    Damage(Random random, Path place, Opening.Known known) {
        this.random = random;
        this.place = place;
        this.known = known;
    }

    /// Whether indexes were damaged that Kafka does not make again.
    boolean hurtsSealedIndexes() {
        return sealedIndexes;
    }

    /// Whether Kafka forgets producers: where it makes an index again below the recovery point, it
    /// removes all later snapshots, and reads no batch below the log's start for them.
    boolean makesKafkaForget() {
        return forgetful;
    }

    void inflict() throws IOException {
        for (String name : OpeningOracleTest.names(place)) {
            if (name.endsWith(".log")) {
                bases.add(LogFileName.offsetOf(name).orElseThrow());
            }
        }
        Long floor = bases.floor(known.recoveryPoint());
        recoveredFrom = known.clean() ? Long.MAX_VALUE : floor == null ? bases.first() : floor;
        for (int blows = random.nextInt(4); blows > 0; blows--) {
            blow();
        }
    }

    private void blow() throws IOException {
        switch (random.nextInt(8)) {
            case 0, 1 -> tear();
            case 2 -> flip();
            case 3, 4 -> loseIndex();
            case 5 -> hurtIndex();
            case 6 -> hurtSnapshot();
            default -> leaveHalfDone();
        }
    }

    /// The end of the last segment is missing, or there is more than was written.
    private void tear() throws IOException {
        Path last = file(bases.last(), Kind.RECORDS);
        byte[] bytes = Files.readAllBytes(last);
        if (known.clean()) {
            return;
        }
        if (random.nextBoolean()) {
            Files.write(last, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
        } else {
            byte[] more = new byte[random.nextInt(300)];
            if (random.nextBoolean()) {
                random.nextBytes(more);
            }
            Files.write(last, more, StandardOpenOption.APPEND);
        }
    }

    /// A bit is wrong where it can be known: neither in the first offset of a batch nor in its
    /// magic.
    private void flip() throws IOException {
        List<Long> open = new ArrayList<>(bases.tailSet(recoveredFrom));
        // Where an index is to be made again Kafka cuts a segment and keeps those behind the hole.
        open.removeIf(base -> unindexed.contains(base) && base < bases.last());
        if (open.isEmpty()) {
            return;
        }
        long base = open.get(random.nextInt(open.size()));
        flipped.add(base);
        Path file = file(base, Kind.RECORDS);
        byte[] bytes = Files.readAllBytes(file);
        List<Integer> candidates = new ArrayList<>();
        ByteBuffer view = ByteBuffer.wrap(bytes);
        int at = 0;
        while (bytes.length - at >= BatchView.HEADER_BYTES) {
            long size = BatchView.sizeAt(view, at);
            if (size < BatchView.HEADER_BYTES || size > bytes.length - at) {
                break;
            }
            candidates.add(at + 8 + random.nextInt(8));
            candidates.add(at + 17 + random.nextInt((int) size - 17));
            at += (int) size;
        }
        if (!candidates.isEmpty()) {
            bytes[candidates.get(random.nextInt(candidates.size()))] ^=
                    (byte) (1 << random.nextInt(8));
            Files.write(file, bytes);
        }
    }

    private void loseIndex() throws IOException {
        long base = anyIndexed();
        Kind kind = random.nextBoolean() ? Kind.OFFSET_INDEX : Kind.TIME_INDEX;
        Files.deleteIfExists(file(base, kind));
        // Without an offset index Kafka makes all again, without a time index it goes on.
        forgetful |= base < recoveredFrom && kind == Kind.OFFSET_INDEX && known.start() > 0;
        sealedIndexes |= base < recoveredFrom && kind == Kind.TIME_INDEX;
    }

    private void hurtIndex() throws IOException {
        long base = anyIndexed();
        Kind kind = random.nextBoolean() ? Kind.OFFSET_INDEX : Kind.TIME_INDEX;
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        if (base >= recoveredFrom) {
            Files.write(file(base, kind), bytes);
            // More than an entry of nonsense, and Kafka does not open the log.
            Files.write(file(base, Kind.ABORTED_INDEX), Arrays.copyOf(bytes, random.nextInt(34)));
        }
    }

    private void hurtSnapshot() throws IOException {
        List<Path> snapshots = new ArrayList<>();
        for (String name : OpeningOracleTest.names(place)) {
            if (name.endsWith(".snapshot")) {
                snapshots.add(place.resolve(name));
            }
        }
        if (snapshots.isEmpty()) {
            return;
        }
        Path one = snapshots.get(random.nextInt(snapshots.size()));
        if (!known.clean() && random.nextBoolean()) {
            Files.delete(one);
            return;
        }
        byte[] bytes = Files.readAllBytes(one);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(one, bytes);
    }

    /// Something was being removed, made or swapped in.
    private void leaveHalfDone() throws IOException {
        long base = anyBase();
        switch (random.nextInt(3)) {
            case 0 -> Files.write(place.resolve("%020d.log.deleted".formatted(base)), new byte[9]);
            case 1 -> Files.write(place.resolve("%020d.log.cleaned".formatted(base)), new byte[9]);
            default -> {
                for (Kind kind : List.of(Kind.RECORDS, Kind.OFFSET_INDEX, Kind.TIME_INDEX)) {
                    Path file = file(base, kind);
                    if (base < bases.last() && Files.exists(file)) {
                        Path young = file.resolveSibling(file.getFileName() + ".swap");
                        Files.write(young, Files.readAllBytes(file));
                    }
                }
            }
        }
    }

    /// One whose index may be lost.
    private long anyIndexed() {
        List<Long> all = new ArrayList<>(bases);
        all.removeIf(base -> flipped.contains(base) && base < bases.last());
        long base = all.get(random.nextInt(all.size()));
        unindexed.add(base);
        return base;
    }

    private long anyBase() {
        List<Long> all = List.copyOf(bases);
        return all.get(random.nextInt(all.size()));
    }

    private Path file(long base, Kind kind) {
        return place.resolve(new LogFileName(base, kind).toString());
    }
}
