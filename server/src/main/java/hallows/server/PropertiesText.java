package hallows.server;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A file of properties, as Java reads them and Kafka with it.
///
/// @param values what it says
/// @param complaints what in it says nothing, a sentence each
record PropertiesText(Map<String, String> values, List<String> complaints) {
    /// Neither a separator nor a blank that would do as one.
    private static final Pattern BARE_KEY = Pattern.compile("(\\\\.|[^\\s=:\\\\])+");

    /// A line and those it goes on in.
    private static final Pattern GOES_ON = Pattern.compile("(?s).*(?<!\\\\)(\\\\\\\\)*\\\\");

    /// Reads the text of a file that is called `name`.
    static PropertiesText of(String name, String text) {
        Properties read = new Properties();
        try {
            read.load(new StringReader(text));
        } catch (IllegalArgumentException | IOException malformed) {
            return new PropertiesText(Map.of(), List.of(name + ": " + malformed.getMessage()));
        }
        Map<String, String> values = new TreeMap<>();
        read.stringPropertyNames().forEach(key -> values.put(key, read.getProperty(key).strip()));
        return new PropertiesText(values, bareKeys(name, text));
    }

    /// Java takes a key alone for a key with an empty value, which nobody means.
    private static List<String> bareKeys(String name, String text) {
        List<String> complaints = new ArrayList<>();
        boolean within = false;
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            String said = line.strip();
            boolean comment = !within && (said.startsWith("#") || said.startsWith("!"));
            if (!within && !comment && BARE_KEY.matcher(said).matches()) {
                complaints.add(
                        "%s, line %d: '%s' has no value; write %s=VALUE"
                                .formatted(name, number, said, said));
            }
            within = !comment && GOES_ON.matcher(line).matches();
        }
        return complaints;
    }
}
