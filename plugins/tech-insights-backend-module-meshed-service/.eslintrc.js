module.exports = require('../../scripts/lint')(__dirname);
