package hallows.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// `./hallows bench compare`: Hallows beside Apache Kafka.
public final class Compare {
    private Compare() {}

    /// Measures, prints and writes; whether all that must hold does.
    ///
    /// @throws IllegalArgumentException with a sentence for whoever wrote the arguments
    public static boolean run(List<String> arguments) {
        Path checkout = Checkout.root();
        CompareOptions options =
                CompareOptions.of(
                        arguments,
                        checkout.resolve("target"),
                        Rows.all().stream().map(Row::name).toList());
        Contestant ours = new Hallows("Hallows", checkout);
        Contestant theirs = ApacheKafka.asPublished(checkout);
        Measured all = new CompareReport(options, ours, theirs, System.out).run();
        System.out.println();
        System.out.print(TableText.plain(all));
        write(options.report(), all);
        return all.holds();
    }

    private static void write(Path directory, Measured all) {
        Map<String, String> files =
                Map.of(
                        "compare.json", JsonText.of(all),
                        "compare.md", TableText.markdown(all),
                        "compare.html", PageText.of(all));
        try {
            Files.createDirectories(directory);
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(directory.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        System.out.printf("%nwritten to %s: compare.json, compare.md, compare.html%n", directory);
    }
}
