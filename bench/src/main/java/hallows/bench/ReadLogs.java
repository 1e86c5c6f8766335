package hallows.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Our log and Kafka's with the same batches in segments of the same size, and the same readers.
///
/// @param ours our log, searched
/// @param tail our log where it grows
/// @param kafkas Kafka's log
/// @param content what is in them
record ReadLogs(
        Reading.Ours ours, Reading.Ours tail, Reading.Kafkas kafkas, ReadTurn.Content content) {
    static final String OURS = "Hallows";
    static final String THEIRS = "Kafka";

    /// How much of it there is.
    ///
    /// @param bytes in the log, more or less
    /// @param segmentBytes in each segment
    record Size(int bytes, int segmentBytes) {}

    /// Which questions are asked.
    interface Questions {
        ReadTurn of(Reading log, ReadTurn.Content content);
    }

    static ReadLogs filled(Scratch scratch, Arena arena, Size size) {
        Batches batches = new Batches(LogReport.LARGE, arena);
        AppendTurn our =
                new AppendTurn(
                        scratch,
                        batches,
                        (place, b) -> new HallowsAppending(place, b, 1, size.segmentBytes),
                        size.bytes);
        AppendTurn kafkas =
                new AppendTurn(
                        scratch,
                        batches,
                        (place, b) -> new KafkaAppending(place, b, size.segmentBytes),
                        size.bytes);
        Path place = scratch.make();
        Path kafkaPlace = scratch.make();
        HallowsAppending log = (HallowsAppending) our.fill(place, new Spent());
        KafkaAppending kafka = (KafkaAppending) kafkas.fill(kafkaPlace, new Spent());
        share(kafkaPlace, place);
        Reading.Ours tail = Reading.Ours.of(log, arena, true);
        return new ReadLogs(
                new Reading.Ours(log, tail.buffers(), false),
                tail,
                Reading.Kafkas.of(kafka),
                new ReadTurn.Content(our.records(), batches));
    }

    /// What a read of the same bytes costs depends on the pages that the host has them in, by a
    /// tenth: so both logs read the same files. Not the one that grows, which each has open.
    private static void share(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            List<Path> segments =
                    files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
            for (Path segment : segments.subList(0, segments.size() - 1)) {
                Path same = to.resolve(segment.getFileName());
                if (Files.mismatch(segment, same) >= 0) {
                    throw new IllegalStateException(same + " is not what Kafka has");
                }
                Files.delete(same);
                Files.createLink(same, segment);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Who asks these questions of the logs.
    Ranking asked(String title, Questions questions) {
        return ranking(title, ours, questions);
    }

    /// The same with our log read where it grows.
    Ranking followed(String title) {
        return ranking(title, tail, ReadTurn::tail);
    }

    private Ranking ranking(String title, Reading log, Questions questions) {
        return new Ranking(
                title + ": microseconds of the processor",
                List.of(
                        Entrant.of(OURS, questions.of(log, content)),
                        Entrant.of(THEIRS, questions.of(kafkas, content))));
    }
}
