package hallows.bench;

import java.lang.foreign.Arena;
import java.util.List;

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
        HallowsAppending log = (HallowsAppending) our.fill(scratch.make(), new Spent());
        KafkaAppending kafka = (KafkaAppending) kafkas.fill(scratch.make(), new Spent());
        Reading.Ours tail = Reading.Ours.of(log, arena, true);
        return new ReadLogs(
                new Reading.Ours(log, tail.buffers(), false),
                tail,
                Reading.Kafkas.of(kafka),
                new ReadTurn.Content(our.records(), batches));
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
