# What Debian 12 has: libsqlite3-dev nlohmann-json3-dev libcli11-dev catch2.
[settings]
compiler.cppstd=20

[platform_requires]
sqlite3/3.40.1
nlohmann_json/3.11.2
cli11/2.3.2
catch2/2.13.10
