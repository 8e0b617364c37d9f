package dev.ringpost.cli;

import java.io.IOException;
import java.io.Reader;
import java.io.Serial;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * An optional properties file, UTF-8, whose keys are the options' names.
 *
 * @param name as the user gave it
 */
record ConfigFile(String name, Map<String, String> values) {
    static final ConfigFile NONE = new ConfigFile("", Map.of());

    ConfigFile {
        values = Map.copyOf(values);
    }

    /**
     * @param source where the path was found
     * @throws BadSetting where the file can't be read, has a key twice, or one that no option has
     */
    static ConfigFile read(Path path, String source, Iterable<Option<?>> options) {
        Map<String, String> values = new HashMap<>();
        Properties properties = new OnceEach(path);
        try (Reader reader = Files.newBufferedReader(path)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw new BadSetting(source + ": there is no file " + path);
        } catch (CharacterCodingException e) {
            throw new BadSetting(source + ": " + path + " is not UTF-8");
        } catch (IOException | IllegalArgumentException e) {
            throw new BadSetting(source + ": cannot read " + path + ": " + e.getMessage());
        }
        for (String key : properties.stringPropertyNames()) {
            values.put(key, properties.getProperty(key));
        }
        Names.requireKnown(
                values.keySet(), Names.of(options, Option::name), key -> path + ", " + key + ": there is no such key");
        return new ConfigFile(path.toString(), values);
    }

    /** Properties keep the last of two values in silence: here the second one is a fault. */
    private static final class OnceEach extends Properties {
        @Serial
        private static final long serialVersionUID = 1;

        private final transient Path path;

        OnceEach(Path path) {
            this.path = path;
        }

        @Override
        public synchronized Object put(Object key, Object value) {
            if (containsKey(key)) {
                throw new BadSetting(path + ", " + key + ": is set twice");
            }
            return super.put(key, value);
        }
    }
}
